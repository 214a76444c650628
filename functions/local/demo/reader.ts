// The demo's one subscriber, who signs up and confirms as anybody would: by form, mail and button.
import type { LocalWorld } from "../compose.ts";

export const READER = "reader@example.org";

/** @throws Error where a step of signing up does not answer as the contract says */
export async function signUpReader(url: string, world: LocalWorld): Promise<void> {
  const form = new URLSearchParams({
    email: READER,
    cadence: "immediate",
    language: "en",
    timezone: "Europe/Paris",
  });
  const asked = await fetch(`${url}/subscribe`, { method: "POST", body: form });
  if (asked.status !== 202) throw new Error(`subscribe: ${asked.status} ${await asked.text()}`);
  const [entry] = (await world.mailbox?.list()) ?? [];
  const mail = entry === undefined ? null : await world.mailbox?.read(entry.id);
  const link = /https?:\/\/\S+\/confirm\?token=[\w.~%-]+/.exec(mail?.text ?? "")?.[0];
  if (link === undefined) throw new Error("subscribe: no confirmation mail in the mailbox");
  // Whatever PUBLIC_URL the mail names, it is this server that knows the token.
  const { pathname, search } = new URL(link);
  const confirmed = await fetch(url + pathname + search, { method: "POST" });
  if (!confirmed.ok) throw new Error(`confirm: ${confirmed.status}`);
}

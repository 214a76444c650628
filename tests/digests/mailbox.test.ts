import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Mailbox, openMailbox } from "../../functions/local/mailbox.ts";
import { renderDigest } from "../../shared/digests/render-digest.ts";
import type { Mail } from "../../shared/domain/mail.ts";
import { sampleDigest, sampleEnvelope } from "./samples.ts";

let directory: string;
let mailbox: Mailbox;

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), "backdoor-watch-mailbox-")), "mailbox");
  mailbox = openMailbox({ directory, from: "digest@localhost" });
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const mailNamed = (name: string): Mail => {
  const mail = renderDigest(sampleDigest(), sampleEnvelope("de"));
  if (mail === null) throw new Error("nothing rendered");
  return { ...mail, subject: `${mail.subject} ${name}`, messageId: `<${name}@localhost>` };
};

describe("the built-in mailbox", () => {
  it("is empty before its first mail", async () => {
    expect(await mailbox.list()).toEqual([]);
    expect(await mailbox.read("A".repeat(32))).toBeNull();
  });

  it("gives back each mail as it was sent, the newest first", async () => {
    const mails = ["one", "two", "three"].map(mailNamed);
    for (const mail of mails) await mailbox.sendMail(mail);

    const entries = await mailbox.list();
    const read = await mailbox.read(entries[0]?.id ?? "");

    expect(entries.map(({ subject }) => subject.split(" ").at(-1))).toEqual([
      "three",
      "two",
      "one",
    ]);
    expect(read).toMatchObject({
      to: "reader@example.org",
      subject: mails[2]?.subject,
      messageId: "<three@localhost>",
    });
    expect(read?.text.trim()).toBe(mails[2]?.text.trim());
    expect(read?.html.trim()).toBe(mails[2]?.html.trim());
    expect(read?.headers["list-unsubscribe"]).toBe(
      "<https://watch.example.org/unsubscribe?token=u.sample>",
    );
  });

  it("holds a mail that is sent twice once, as it came first", async () => {
    const mail = mailNamed("one");
    await mailbox.sendMail(mail);
    await Promise.all([mailbox.sendMail({ ...mail, subject: "repeat" }), mailbox.sendMail(mail)]);

    expect((await mailbox.list()).map(({ subject }) => subject)).toEqual([mail.subject]);
  });

  it("is its owner's alone, and leaves no halves behind", async () => {
    await mailbox.sendMail(mailNamed("one"));
    const names = await readdir(directory);

    expect(names).toHaveLength(1);
    expect((await stat(join(directory, names[0] ?? ""))).mode & 0o777).toBe(0o600);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
  });

  it.each(["../../etc/passwd", "..%2f", "", "a/b", `${"A".repeat(32)}.eml`])(
    "an id that is none, %j, is no mail",
    async (id) => {
      expect(await mailbox.read(id)).toBeNull();
    },
  );
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type SmtpMailer, smtpMailer } from "../../functions/local/smtp-mail.ts";
import { renderDigest } from "../../shared/digests/render-digest.ts";
import type { Mail } from "../../shared/domain/mail.ts";
import { type Manner, type SmtpTestServer, smtpTestServer } from "../servers/smtp-server.ts";
import { sampleDigest, sampleEnvelope } from "./samples.ts";

let server: SmtpTestServer;
let mailer: SmtpMailer;

beforeEach(async () => {
  server = await smtpTestServer();
  mailer = smtpMailer({ url: server.url, from: "digest@watch.example.org" });
});
afterEach(async () => {
  await mailer.close();
  await server.close();
});

const mailTo = (to: string): Mail => {
  const mail = renderDigest(sampleDigest(), { ...sampleEnvelope("fr"), to });
  if (mail === null) throw new Error("nothing rendered");
  return mail;
};

describe("a mail by SMTP", () => {
  it("arrives whole: both parts, its headers, its Message-ID, one recipient", async () => {
    const mail = mailTo("reader@example.org");

    expect(await mailer.sendMail(mail)).toEqual({ kind: "sent" });

    const [got] = server.received;
    expect(got?.recipients).toEqual(["reader@example.org"]);
    expect(got?.from).toBe("digest@watch.example.org");
    expect(got?.mail.subject).toBe(mail.subject);
    expect(got?.mail.text?.trim()).toBe(mail.text.trim());
    expect(got?.mail.html || "").toContain(mail.html.trim());
    expect(got?.mail.messageId).toBe(mail.messageId);
    expect(got?.raw).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    expect(got?.raw).toContain("Auto-Submitted: auto-generated");
  });

  it("one envelope per person: no mail names another subscriber", async () => {
    const people = ["a@example.org", "b@example.org", "c@example.org"];

    await Promise.all(people.map((person) => mailer.sendMail(mailTo(person))));

    expect(server.received.map(({ recipients }) => recipients).sort()).toEqual(
      people.map((person) => [person]),
    );
    for (const { raw, recipients } of server.received)
      for (const person of people) expect(raw.includes(person)).toBe(recipients.includes(person));
  });

  it.each([
    ["accept", "sent"],
    ["defer", "deferred"],
    ["defer-data", "deferred"],
    ["policy", "deferred"],
    ["refuse", "refused"],
    ["refuse-data", "refused"],
    ["lost", "unknown"],
  ] satisfies [Manner, string][])(
    "where the server's manner is %s it is %s",
    async (manner, kind) => {
      server.manner = () => manner;

      const outcome = await mailer.sendMail(mailTo("secret@example.org"));

      expect(outcome.kind).toBe(kind);
      // Servers quote the address in what they answer.
      expect(JSON.stringify(outcome)).not.toContain("secret");
    },
  );

  it("where no server listens it is deferred, and goes out once there is one", async () => {
    await server.close();

    expect((await mailer.sendMail(mailTo("reader@example.org"))).kind).toBe("deferred");
  });

  it("a refused mail does not spoil the line for the next one", async () => {
    server.manner = (recipient) => (recipient.startsWith("bad") ? "refuse" : "accept");
    const kinds = await Promise.all(
      ["bad1", "good1", "bad2", "good2", "good3"].map(
        async (name) => (await mailer.sendMail(mailTo(`${name}@example.org`))).kind,
      ),
    );

    expect(kinds).toEqual(["refused", "sent", "refused", "sent", "sent"]);
  });

  it.each(["a@x.org, evil@z.org", "a@x.org\r\nBcc: evil@z.org", "A <a@x.org>"])(
    "an address that is not one never reaches the server: %j",
    async (to) => {
      await expect(mailer.sendMail(mailTo(to))).rejects.toThrow("not one address");
      expect(server.received).toEqual([]);
    },
  );
});

import { Parser } from "htmlparser2";
import { createTransport } from "nodemailer";
import { describe, expect, it } from "vitest";
import { composeMail } from "../../shared/digests/compose-mail.ts";
import { renderConfirmation, renderWelcome } from "../../shared/digests/render-confirmation.ts";
import { renderDigest } from "../../shared/digests/render-digest.ts";
import type { Mail } from "../../shared/domain/mail.ts";
import { MAIL_LANGUAGES } from "../../shared/domain/vocabulary.ts";
import { expectGolden } from "./goldens.ts";
import { comebackEntry, mailItem, sampleDigest, sampleEnvelope } from "./samples.ts";

function rendered(...args: Parameters<typeof renderDigest>): Mail {
  const mail = renderDigest(...args);
  if (mail === null) throw new Error("nothing was rendered");
  return mail;
}

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

function tagsOf(html: string): Tag[] {
  const tags: Tag[] = [];
  const parser = new Parser({ onopentag: (name, attributes) => tags.push({ name, attributes }) });
  parser.end(html);
  return tags;
}

const linksOf = (html: string) =>
  tagsOf(html).flatMap(({ name, attributes }) => (name === "a" ? [attributes["href"] ?? ""] : []));

describe("the mails read as reviewed, in each language", () => {
  it.each(MAIL_LANGUAGES)("the weekly digest in %s", (language) => {
    const mail = rendered(sampleDigest(), sampleEnvelope(language));

    expectGolden(`weekly.${language}.txt`, `Subject: ${mail.subject}\n\n${mail.text}\n`);
    expectGolden(`weekly.${language}.html`, `${mail.html}\n`);
  });

  it.each(MAIL_LANGUAGES)("the weekly digest with what is not confirmed in %s", (language) => {
    const event = { ...comebackEntry.event, event: "possible", reportedBy: "press" } as const;
    const digest = sampleDigest({ resurfaced: [], possible: [{ ...comebackEntry, event }] });
    const mail = rendered(digest, sampleEnvelope(language));

    expectGolden(`possible.${language}.txt`, `Subject: ${mail.subject}\n\n${mail.text}\n`);
    expectGolden(`possible.${language}.html`, `${mail.html}\n`);
  });

  it.each(MAIL_LANGUAGES)("the immediate mail in %s", (language) => {
    const digest = sampleDigest({ cadence: "immediate", items: [], period: null });
    const mail = rendered(
      digest,
      sampleEnvelope(language, { cadence: "immediate", themes: [], jurisdictions: [] }),
    );

    expectGolden(`immediate.${language}.txt`, `Subject: ${mail.subject}\n\n${mail.text}\n`);
    expectGolden(`immediate.${language}.html`, `${mail.html}\n`);
  });

  it.each(MAIL_LANGUAGES)("the immediate mail about a new stage in %s", (language) => {
    const { event, item, dossier } = comebackEntry;
    const change = { ...event, stage: "adopted" as const };
    const changed = [{ change, item, dossier }];
    const digest = sampleDigest({
      cadence: "immediate",
      resurfaced: [],
      items: [],
      changed,
      period: null,
    });
    const mail = rendered(
      digest,
      sampleEnvelope(language, { cadence: "immediate", themes: [], jurisdictions: [] }),
    );

    expectGolden(`stage.${language}.txt`, `Subject: ${mail.subject}\n\n${mail.text}\n`);
  });

  it.each(MAIL_LANGUAGES)("the mail to confirm, and the welcome, in %s", (language) => {
    const envelope = sampleEnvelope(language);
    const sample = {
      count: 14,
      titles: [
        {
          title: "Chat Control is back",
          url: "https://news.example.org/1",
          at: "2026-03-01T10:00:00Z",
        },
      ],
    };
    const link = "https://watch.example.org/confirm?token=c.sample";
    const asked = renderConfirmation(envelope, link, sample, (id) => id);
    const welcome = renderWelcome(
      envelope,
      [
        {
          title: comebackEntry.dossier.title,
          url: "https://watch.example.org/dossiers/fr-narcotrafic-8ter",
          stage: "rejected",
          lastMoveAt: "2025-03-20T12:00:00Z",
        },
      ],
      (id) => id,
    );

    expectGolden(`confirm.${language}.txt`, `Subject: ${asked.subject}\n\n${asked.text}\n`);
    expectGolden(`confirm.${language}.html`, `${asked.html}\n`);
    expectGolden(`welcome.${language}.txt`, `Subject: ${welcome.subject}\n\n${welcome.text}\n`);
  });
});

describe("a digest's promises", () => {
  const mail = rendered(sampleDigest(), sampleEnvelope("en"));

  it("tracks nobody: no image, no remote style or font, no script", () => {
    const tags = tagsOf(mail.html);

    expect(
      tags.filter(({ name }) => /^(?:img|script|iframe|object|embed|link|form|svg)$/.test(name)),
    ).toEqual([]);
    expect(mail.html).not.toMatch(/url\(|@import|@font-face|background=/i);
  });

  it("links exactly to the items, its own pages and the reader's own links", () => {
    const own = [
      "https://watch.example.org/dossiers/fr-narcotrafic-8ter",
      "https://watch.example.org/issues?cadence=weekly&to=2026-03-16T06%3A00%3A00.000Z&days=7&language=en&theme=eu-international&theme=french-politics&jurisdiction=EU&jurisdiction=FR&jurisdiction=GB",
      "https://watch.example.org/unsubscribe?token=u.sample",
      "https://watch.example.org/preferences?token=p.sample",
      "https://watch.example.org/",
      "https://watch.example.org/about",
    ];
    const items = [comebackEntry.item, ...sampleDigest().items.map(({ item }) => item)];

    expect(linksOf(mail.html).sort()).toEqual([...own, ...items.map(({ url }) => url)].sort());
    for (const { url } of items) expect(mail.text).toContain(`${url}\n`);
  });

  it("can be left in one click from the mail program (RFC 8058), names its list, and starts no loop", () => {
    expect(mail.headers).toEqual({
      "List-Id": "backdoor-watch <digest.watch.example.org>",
      "List-Unsubscribe": "<https://watch.example.org/unsubscribe?token=u.sample>",
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      "Auto-Submitted": "auto-generated",
      Precedence: "list",
    });
  });

  it("is not sent where there is nothing to say", () => {
    expect(
      renderDigest(sampleDigest({ resurfaced: [], items: [] }), sampleEnvelope("en")),
    ).toBeNull();
  });

  it("stays under 100 kB with 5,000 matches, says how many are left, and keeps its lines short", async () => {
    const items = Array.from({ length: 5_000 }, (_, i) => ({
      item: mailItem(`long-${i}`, {
        title: `${"Überlänge & <Auszeichnung> ".repeat(20)}${i}`,
        summary: "œuvre ".repeat(200),
        url: `https://www.example.fr/${"x".repeat(400)}/${i}`,
      }),
      dossier: null,
    }));
    const resurfaced = Array.from({ length: 40 }, () => comebackEntry);
    const big = rendered(sampleDigest({ items, resurfaced }), sampleEnvelope("en"));
    const composer = createTransport({ streamTransport: true, buffer: true });
    const message = (await composer.sendMail(composeMail(big, "digest@example.org")))
      .message as Buffer;
    const lines = message.toString("latin1").split(/\r?\n/);

    expect(Buffer.byteLength(big.html)).toBeLessThan(100_000);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998);
    const shown = linksOf(big.html).filter((href) => /xxxx|amendement-31/.test(href)).length;
    expect(shown).toBeGreaterThan(20);
    expect(big.text).toContain(`${(5_000 + 40 - shown).toLocaleString("en-GB")} more items`);
  });
});

const WHOLE = { term: "T", field: "title", start: 0, weight: 1 } as const;

describe("feed text is data", () => {
  const payloads = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></head><body onload=alert(1)>",
    "<!--[if mso]><img src=x><![endif]-->",
    "--><img src=x>",
    "<style>*{background:url(//evil.example)}</style>",
    "javascript:alert(1)",
    "&lt;script&gt;",
    "\u202egnp.exe\u202c",
    "zero\u200bwidth\u200fmark\ufeff",
    "line\r\nBcc: evil@example.org",
    "\u0000\u0007bell",
    "a\u2028b\u2029c",
    "\ud800 lone",
    "<svg/onload=alert(1)>",
    "{{7*7}} #{7*7}",
  ];
  const urls = [
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://example.org/"onmouseover="alert(1)',
    "https://example.org/a b",
    "https://user:pass@example.org/",
    "//example.org/",
    "ftp://example.org/",
    "https://example.org/\u202egnp",
  ];
  const mailOf = (payload: string) => {
    const item = { ...comebackEntry.item, title: `T ${payload}`, summary: `S ${payload}` };
    const dossier = { ...comebackEntry.dossier, title: `D ${payload}` };
    const event = { ...comebackEntry.event, evidence: [{ ...WHOLE, end: item.title.length }] };
    const entry = { event, item, dossier };
    return rendered(
      sampleDigest({ resurfaced: [entry], items: [] }),
      sampleEnvelope("en", { cadence: "immediate" }),
    );
  };
  const template = tagsOf(mailOf("plain").html);
  const shape = (tags: readonly Tag[]) =>
    tags.map(({ name, attributes }) => [name, Object.keys(attributes).sort()]);

  it.each(payloads)("%j as title, summary and dossier adds no element or attribute", (payload) => {
    const mail = mailOf(payload);

    expect(shape(tagsOf(mail.html))).toEqual(shape(template));
    for (const part of [mail.html, mail.text, mail.subject])
      expect(part).not.toMatch(
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])/,
      );
    expect(mail.text).not.toMatch(/^Bcc:/m);
  });

  it("one subject is one line whatever the dossier is called", () => {
    const dossier = { ...comebackEntry.dossier, title: "A\r\nBcc: evil@example.org" };
    const digest = sampleDigest({
      cadence: "immediate",
      resurfaced: [{ ...comebackEntry, dossier }],
      items: [],
    });

    expect(rendered(digest, sampleEnvelope("en")).subject).not.toMatch(/[\r\n]/);
  });

  it.each(urls)("an address that is none, %j, leads to the item's page instead", (url) => {
    const item = { ...comebackEntry.item, url };
    const mail = rendered(
      sampleDigest({ resurfaced: [{ ...comebackEntry, item }], items: [] }),
      sampleEnvelope("en"),
    );

    expect(linksOf(mail.html)).toContain(`https://watch.example.org/items/${item.id}`);
    expect(linksOf(mail.html)).not.toContain(url);
    expect(mail.text).not.toContain(url);
  });
});

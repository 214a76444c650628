// Mails around a subscription: please confirm, you are subscribed already, welcome, what is kept about you.
import type { Mail } from "../domain/mail.ts";
import type { Coverage, Envelope } from "./digest.ts";
import { listHeaders } from "./mail-headers.ts";
import { button, line, link, renderShell, styles, textFooter } from "./mail-shell.ts";
import { oneLine, webLink, wrap } from "./plain-text.ts";
import { CONFIRM_DAYS } from "./tokens.ts";
import { dayOf, filtersOf, localeOf } from "./words.ts";

const WIDTH = 76;

/** What the choices would have brought: shown before anybody confirms, so that nobody is surprised. */
export interface Sample {
  readonly count: number;
  readonly titles: readonly {
    readonly title: string;
    readonly url: string | null;
    readonly at: string;
  }[];
}

type TitleOf = (dossier: string) => string;

interface Page {
  readonly subject: string;
  /** Paragraphs, in order; a link stands alone. */
  readonly lines: readonly (
    | string
    | { readonly href: string; readonly text: string; readonly button?: true }
  )[];
  readonly notes: readonly string[];
}

/** Both parts of a short mail from one list of lines. */
function mailOf(envelope: Envelope, { subject, lines, notes }: Page): Mail {
  const locale = localeOf(envelope.preferences.language);
  const html = lines.map((part) => {
    if (typeof part === "string") return line(styles.hello, "ink", part);
    if (part.button) return line({ margin: "0 0 20px" }, "ink", button(part.href, part.text));
    return line(styles.body, "ink", link(part.href, part.text));
  });
  const text = lines.map((part) =>
    typeof part === "string" ? wrap(part, WIDTH) : `${wrap(part.text, WIDTH)}\n${part.href}`,
  );
  const footer = textFooter(
    locale,
    envelope.links,
    notes.map((note) => wrap(note, WIDTH)),
  );
  return {
    to: envelope.to,
    subject,
    text: [...text, footer].join("\n\n"),
    html: renderShell({ locale, links: envelope.links, subject, body: html, notes }),
    messageId: envelope.messageId,
    headers: listHeaders(envelope.links),
  };
}

/** @param confirmUrl its GET shows a button and changes nothing */
export function renderConfirmation(
  envelope: Envelope,
  confirmUrl: string,
  sample: Sample | null,
  titleOf: TitleOf,
): Mail {
  const { preferences } = envelope;
  const locale = localeOf(preferences.language);
  const { confirm: say } = locale;
  const asked = say.asked(
    locale.cadences[preferences.cadence],
    filtersOf(locale, preferences, titleOf),
  );
  const samples = (sample?.titles ?? []).map(({ title, url, at }) => {
    const text = `${oneLine(title, 160)} (${dayOf(locale, at, preferences.timezone)})`;
    const href = webLink(url);
    return href === null ? text : { href, text };
  });
  return mailOf(envelope, {
    subject: locale.subject.confirm,
    lines: [
      say.hello,
      asked,
      { href: confirmUrl, text: say.button, button: true },
      say.lifetime(CONFIRM_DAYS),
      say.ignore,
      ...(sample === null ? [] : [say.sample(sample.count), ...samples]),
    ],
    notes: [],
  });
}

/** To an active address that somebody entered again: nothing was changed, and only its owner learns that it is known. */
export function renderKnown(envelope: Envelope): Mail {
  const locale = localeOf(envelope.preferences.language);
  return mailOf(envelope, {
    subject: locale.subject.known,
    lines: [
      locale.known.hello,
      locale.known.nothing,
      { href: envelope.links.preferences, text: locale.footer.preferences },
    ],
    notes: [],
  });
}

/** Those that moved last; who follows everything finds the rest in the archive. */
const MOST_STANDINGS = 15;

/** Where one followed dossier stands. */
export interface Standing {
  readonly title: string;
  readonly url: string;
  readonly stage: keyof ReturnType<typeof localeOf>["stages"];
  readonly lastMoveAt: string | null;
}

export function renderWelcome(
  envelope: Envelope,
  standings: readonly Standing[],
  titleOf: TitleOf,
): Mail {
  const { preferences } = envelope;
  const locale = localeOf(preferences.language);
  const { welcome: say } = locale;
  const lines = standings.slice(0, MOST_STANDINGS).map(({ title, url, stage, lastMoveAt }) => {
    const since =
      lastMoveAt === null
        ? ""
        : `, ${say.quietSince(dayOf(locale, lastMoveAt, preferences.timezone))}`;
    return {
      href: url,
      text: `${oneLine(title, 120)}${locale.colon} ${locale.stages[stage]}${since}`,
    };
  });
  const left = standings.length - lines.length;
  const all = `${envelope.links.publicUrl}/dossiers`;
  const rest = left > 0 ? [{ href: all, text: say.moreDossiers(left) }] : [];
  return mailOf(envelope, {
    subject: locale.subject.welcome,
    lines: [say.hello, ...(lines.length === 0 ? [say.nothing] : lines), ...rest],
    notes: [
      locale.footer.why(
        locale.cadences[preferences.cadence],
        filtersOf(locale, preferences, titleOf),
      ),
    ],
  });
}

/** For those who want a word also when nothing moved: it says how much was looked at. */
export function renderQuietNote(
  envelope: Envelope,
  { feedsChecked, feedsFailing, itemsRead }: Coverage,
  titleOf: TitleOf,
): Mail {
  const { preferences } = envelope;
  const locale = localeOf(preferences.language);
  const filters = filtersOf(locale, preferences, titleOf);
  return mailOf(envelope, {
    subject: locale.subject.quiet(preferences.cadence),
    lines: [locale.digest.nothing, locale.footer.coverage(feedsChecked, feedsFailing, itemsRead)],
    notes: [locale.footer.why(locale.cadences[preferences.cadence], filters)],
  });
}

/** @param record what is kept, as JSON for people to read */
export function renderExport(envelope: Envelope, record: unknown): Mail {
  const locale = localeOf(envelope.preferences.language);
  const rows = JSON.stringify(record, null, 2).split("\n");
  const mail = mailOf(envelope, {
    subject: locale.subject.exported,
    lines: [locale.exported.hello, ...rows.map((row) => row.trim()).filter((row) => row !== "")],
    notes: [],
  });
  return mail;
}

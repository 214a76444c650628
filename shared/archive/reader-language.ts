// Archive: in which of our languages a page is read. An address that begins with one is in it; else the browser says.
import type { Context, MiddlewareHandler } from "hono";
import { MAIL_LANGUAGES, MailLanguage } from "../domain/vocabulary.ts";
import { CLOSE_HEAD, FOOTER_END } from "./pages/layout.ts";
import { type Reader, readerOf } from "./pages/reader.ts";
import { pageParametersOf } from "./parameters.ts";

const LANGUAGE_NAMES: Readonly<Record<MailLanguage, string>> = {
  en: "English",
  fr: "Français",
  de: "Deutsch",
};

const SPOKEN = new RegExp(`^/(${MAIL_LANGUAGES.join("|")})(?=/|$)`);

/** `/fr/dossiers` → French and `/dossiers`; null where the address names no language. */
export function spokenPath(path: string): { language: MailLanguage | null; path: string } {
  const language = MailLanguage.safeParse(SPOKEN.exec(path)?.[1]).data ?? null;
  if (language === null) return { language, path };
  return { language, path: path.slice(language.length + 1) || "/" };
}

/** The languages of a header, the most wanted first (RFC 9110 §12.5.4). */
function wanted(header: string): string[] {
  return header
    .split(",")
    .slice(0, 20)
    .map((range) => {
      const [tag = "", ...parameters] = range.trim().split(";");
      const q = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find(Boolean);
      return { tag: tag.slice(0, 2).toLowerCase(), q: q === undefined ? 1 : Number(q) };
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ tag }) => tag);
}

/** The language of the address, else the first of ours that the browser would take; else English. */
export function readerLanguageOf(c: Context): MailLanguage {
  const named = c.get("language") as MailLanguage | null | undefined;
  if (named) return named;
  const ours = wanted(c.req.header("Accept-Language") ?? "").map((tag) =>
    MailLanguage.safeParse(tag),
  );
  return ours.find(({ success }) => success)?.data ?? "en";
}

export const readerFor = (c: Context): Reader => readerOf(readerLanguageOf(c));

/** Where a page is somebody's own, its language is theirs, and its address is no one else's. */
const PERSONAL = /^\/(?:confirm|unsubscribe|preferences|operator|mailbox|issues)/;

/** An address of ours in a tag that names no language yet; the stylesheet and the data are in none. */
const PAGE_ADDRESS =
  /(<(?:a|form)\b[^<>]*?\s(?:href|action)=")\/(?!\/|api\/|(?:feed|events)\.|healthz|mailbox|(?:en|fr|de)\/)/g;

/**
 * Keeps whoever reads under `/fr/` there, and names the other languages of each page to readers and search engines.
 * @param addressOf the path that routes know, with or without a language
 */
export const speakLanguage =
  (addressOf: (request: Request) => string, publicUrlOf: () => string): MiddlewareHandler =>
  async (c, next) => {
    const { language, path } = spokenPath(addressOf(c.req.raw));
    c.set("language", language);
    await next();
    if (!(c.res.headers.get("content-type") ?? "").startsWith("text/html")) return;
    if (language === null) c.res.headers.append("Vary", "Accept-Language");
    let page = await c.res.text();
    if (language !== null)
      page = page.replace(PAGE_ADDRESS, (_, before: string) => `${before}/${language}/`);
    if (c.req.method === "GET" && c.res.status === 200 && !PERSONAL.test(path)) {
      const query = pageParametersOf(c.req.url).toString();
      page = withLanguages(page, query === "" ? path : `${path}?${query}`, publicUrlOf());
    }
    c.res = new Response(page, { status: c.res.status, headers: c.res.headers });
  };

const escaped = (text: string): string =>
  text.replace(/[&"<>]/g, (mark) => `&#${mark.charCodeAt(0)};`);

function withLanguages(page: string, path: string, publicUrl: string): string {
  const at = escaped(path);
  const alternates = MAIL_LANGUAGES.map(
    (tag) => `<link rel="alternate" hreflang="${tag}" href="${publicUrl}/${tag}${at}">`,
  );
  const links = MAIL_LANGUAGES.map(
    (tag) => `<a href="/${tag}${at}" hreflang="${tag}" lang="${tag}">${LANGUAGE_NAMES[tag]}</a>`,
  );
  return page
    .replace(CLOSE_HEAD, () => `${alternates.join("\n")}\n${CLOSE_HEAD}`)
    .replace(FOOTER_END, () => ` <span class="languages">${links.join(" ")}</span>${FOOTER_END}`);
}

// Archive: which of our languages a browser prefers.
import type { Context } from "hono";
import { MailLanguage } from "../domain/vocabulary.ts";

/** The first language that the browser names, where it is one of ours; else English. */
export function readerLanguageOf(c: Context): MailLanguage {
  const first = (c.req.header("Accept-Language") ?? "").slice(0, 2).toLowerCase();
  return MailLanguage.safeParse(first).data ?? "en";
}

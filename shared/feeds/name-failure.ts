// Feeds: what a 200 that is no feed is instead, for the feed's health page.
import type { ParseOutcome } from "../domain/feed.ts";
import { isHtmlName, squeeze } from "./plain-text.ts";
import { elementsOf, textOf, type XmlTree } from "./xml-tree.ts";

/** Words that bot walls put into the pages that they send instead. */
const CHALLENGE =
  /cf[-_]chl|challenge-platform|cf-browser-verification|just a moment|attention required|captcha|awswaf|aws-waf|incapsula|_imperva|ddos-guard|datadome|px-captcha|perimeterx|akamai.{0,40}bot|are you (?:a )?human|enable javascript and cookies|checking your browser|unusual traffic/i;

/** Names that HTML knows too, but hardly as the first of a page. */
const XML_ROOTS = new Set(["svg", "data", "map", "object"]);

/** @param text the document, already known to hold no feed */
export function nameFailure(
  text: string,
  tree: XmlTree,
): Extract<ParseOutcome, { kind: "failed" }> {
  const head = text
    .slice(0, 20_000)
    .replace(/<!--[\s\S]{0,2000}?-->/g, (comment) => (CHALLENGE.test(comment) ? comment : " "));
  const [first] = elementsOf(tree.root);
  const isHtml =
    (first === undefined || (isHtmlName(first.local) && !XML_ROOTS.has(first.local))) &&
    /<(?:!doctype html|html|head|body|title|script|div|h1)[\s>]/i.test(head);
  if (isHtml && CHALLENGE.test(head)) return failed("challenge", titleOf(head));
  if (isHtml) return failed("html", titleOf(head));
  if (first === undefined) return failed("not-a-feed", squeeze(textOf(tree.root)).slice(0, 80));
  return failed("not-a-feed", `<${first.name.slice(0, 40)}>`);
}

function titleOf(head: string): string {
  const title = /<title[^>]{0,200}>([^<]{0,200})/i.exec(head)?.[1] ?? "";
  return squeeze(title).slice(0, 80) || "an HTML page";
}

function failed(
  reason: "challenge" | "html" | "not-a-feed",
  detail: string,
): Extract<ParseOutcome, { kind: "failed" }> {
  return { kind: "failed", reason, detail };
}

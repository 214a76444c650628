// Feeds: a catalogue as OPML 2.0, so that it can come from and go to any feed reader.
import { generateOpml, parseOpml } from "feedsmith";
import { z } from "zod";
import type { FeedDefinition } from "../domain/feed.ts";
import { FeedDefinition as Definition } from "../domain/feed.ts";
import { Jurisdiction, Kind } from "../domain/vocabulary.ts";
import { squeeze } from "./plain-text.ts";

const Outline = z.object({
  text: z.string().optional(),
  title: z.string().optional(),
  xmlUrl: z.string().optional(),
  language: z.string().optional(),
  /** Comma-separated (OPML 2.0): ours hold the kind and `/jurisdiction/XX`. */
  category: z.string().optional(),
  get outlines() {
    return z.array(Outline).optional();
  },
});
type Outline = z.infer<typeof Outline>;

export interface OpmlProblem {
  /** The outline's text or address. */
  readonly outline: string;
  readonly message: string;
}

/**
 * @param taken ids that are in use already
 * @param kind of feeds whose outline does not say, as those of other readers do not
 * @throws Error where the text is no OPML
 */
export function readOpml(
  text: string,
  kind: Kind,
  taken: ReadonlySet<string>,
): { readonly feeds: readonly FeedDefinition[]; readonly problems: readonly OpmlProblem[] } {
  const ids = new Set(taken);
  const feeds: FeedDefinition[] = [];
  const problems: OpmlProblem[] = [];
  const visit = (outlines: readonly Outline[]): void => {
    for (const outline of outlines) {
      if (outline.xmlUrl !== undefined) {
        const title = squeeze(outline.title ?? outline.text ?? outline.xmlUrl).slice(0, 300);
        const id = newIdOf(title || outline.xmlUrl, ids);
        const language = outline.language ?? null;
        const parsed = Definition.safeParse({
          id,
          url: outline.xmlUrl.trim(),
          title,
          ...{ kind, language, ...categoriesOf(outline.category ?? "") },
        });
        if (parsed.success) {
          ids.add(id);
          feeds.push(parsed.data);
        } else
          problems.push({
            outline: title,
            message: z.prettifyError(parsed.error).replaceAll("\n", " "),
          });
      }
      visit(outline.outlines ?? []);
    }
  };
  const { body } = z
    .object({ body: z.object({ outlines: z.array(Outline).optional() }).optional() })
    .parse(parseOpml(text));
  visit(body?.outlines ?? []);
  return { feeds, problems };
}

/** What our own export wrote of a feed that OPML has no attribute for. */
function categoriesOf(category: string): Partial<Pick<FeedDefinition, "kind" | "jurisdiction">> {
  const parts = category.split(",").map((part) => part.trim());
  const kind = parts.map((part) => Kind.safeParse(part)).find((one) => one.success)?.data;
  const place = parts.find((part) => part.startsWith("/jurisdiction/"))?.slice(14);
  const jurisdiction = Jurisdiction.safeParse(place);
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(jurisdiction.success ? { jurisdiction: jurisdiction.data } : {}),
  };
}

export function writeOpml(feeds: readonly FeedDefinition[], now: Date): string {
  return generateOpml({
    head: { title: "backdoor-watch feeds", dateCreated: now },
    body: {
      outlines: feeds.map(({ url, title, kind, language, jurisdiction }) => ({
        text: title,
        title,
        type: "rss",
        xmlUrl: url,
        category: jurisdiction === null ? kind : `${kind},/jurisdiction/${jurisdiction}`,
        ...(language === null ? {} : { language }),
      })),
    },
  });
}

/** A feed id from its title, with a number where that is taken. */
export function newIdOf(title: string, taken: ReadonlySet<string>): string {
  const plain = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 34);
  const base = plain.length < 2 ? "feed" : plain.replace(/-+$/, "");
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}

// Dossiers: whose word a move is, and when several reports of it are more than one.
import type { Move, Report } from "../domain/dossier.ts";
import type { ItemInput } from "../domain/item.ts";
import { domainOf } from "../domain/registrable-domain.ts";
import { isCopy, wordingOf } from "../domain/wording.ts";

/** What is kept of an item to weigh it beside other reports of its move. */
export function reportOf({ url, title, summary, feed }: ItemInput): Report {
  const owner = url !== null && URL.canParse(url) ? domainOf(url) || null : null;
  return { feed: feed.id, kind: feed.kind, owner, wording: wordingOf({ title, summary }) };
}

/** An NGO's release or a community's post: alone it is never news, and beside others it adds only a little. */
export const isVoice = ({ reportedBy, report }: Move): boolean =>
  reportedBy === "press" && (report?.kind === "ngo" || report?.kind === "community");

/**
 * A move that an institution itself tells, or a record. So is a press report that was stored before reports were told apart: it
 * was news by the rule of its day, and what was told is not unsaid.
 */
const isSource = ({ reportedBy, report }: Move): boolean =>
  reportedBy !== "press" || report === undefined;

/** Who has told of a move so far. */
export interface Told {
  /** True once an institution or a record tells it, or two papers that do not copy each other. */
  readonly isNews: boolean;
  /** All press reports of it, the first of each wording and owner; `sure` where by itself it is above the bar of news. */
  readonly papers: readonly { readonly report: Report; readonly sure: boolean }[];
}

/**
 * @param before who told of it until now; null for its first report
 * @param sure whether this report by itself is above the bar of news
 */
export function toldBy(before: Told | null, move: Move, sure: boolean): Told {
  const { isNews, papers } = before ?? { isNews: false, papers: [] };
  const { report } = move;
  if (report === undefined || isSource(move)) return { isNews: true, papers };
  if (isVoice(move)) return { isNews, papers };
  const confirms = papers.some((one) => one.sure && sure && areIndependent(one.report, report));
  return { isNews: isNews || confirms, papers: [...papers, { report, sure }] };
}

/** Another paper's words printed again, or the same paper's: it makes nothing surer. */
export const isEchoOf = ({ papers }: Told, move: Move): boolean =>
  !isSource(move) &&
  !isVoice(move) &&
  papers.some(({ report }) => move.report !== undefined && !areIndependent(report, move.report));

/** Two papers that do not copy each other: another owner, in other words. */
export function areIndependent(a: Report, b: Report): boolean {
  return isOtherOwner(a, b) && !isCopy(a.wording, b.wording);
}

/** One paper has many feeds, and one feed may carry many addresses: what is the same in either is not known to be two. */
function isOtherOwner(a: Report, b: Report): boolean {
  if (a.feed !== null && a.feed === b.feed) return false;
  if (a.owner !== null && b.owner !== null) return a.owner !== b.owner;
  return a.feed !== null && b.feed !== null;
}

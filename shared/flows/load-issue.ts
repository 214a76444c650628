// The public archive of issues: written down when the first mail of one goes out, and shown so ever after.
import {
  type IssueRequest,
  type IssueSnapshot,
  issueIdOf,
  issueRequestOf,
  snapshotOf,
} from "../digests/issue-snapshot.ts";
import type { EventId } from "../domain/ids.ts";
import type { Preferences } from "../domain/subscriber.ts";
import { digestFor, loadMaterial, type Material, type Period } from "./digest-material.ts";
import type { Ports } from "./ports.ts";

/** Of one job: so many readers choose alike that asking the store each time would cost more than the mail. */
const MOST_REMEMBERED = 10_000;

/** @returns a function that keeps an issue, unless it is kept already */
export function issueKeeper(
  ports: Ports,
  materialOf: (period: Period) => Promise<Material>,
): (preferences: Preferences, period: Period) => Promise<void> {
  const kept = new Set<string>();
  return async (preferences, period) => {
    const request = issueRequestOf(preferences, period);
    const id = issueIdOf(request);
    if (kept.has(id)) return;
    const snapshot = makeIssue(ports, request, await materialOf(request.period));
    await ports.store.putIssue(id, snapshot);
    if (kept.size < MOST_REMEMBERED) kept.add(id);
  };
}

function makeIssue(ports: Ports, request: IssueRequest, material: Material): IssueSnapshot {
  const coverage = { feedsChecked: 0, feedsFailing: 0, itemsRead: 0 };
  const digest = digestFor(request, material, coverage, request.period);
  return snapshotOf(digest, request, ports.settings.publicUrl);
}

export interface LoadedIssue {
  readonly issue: IssueSnapshot;
  /** True where it was mailed; one that nobody was sent is made anew at each look. */
  readonly kept: boolean;
  /** Events that it tells of and that have been taken back since. */
  readonly corrected: ReadonlySet<string>;
}

export async function loadIssue(ports: Ports, request: IssueRequest): Promise<LoadedIssue> {
  const kept = await ports.store.loadIssue(issueIdOf(request));
  const issue = kept ?? makeIssue(ports, request, await loadMaterial(ports, request.period));
  const corrected = new Set<string>();
  for (const { event } of [...issue.resurfaced, ...(issue.possible ?? [])]) {
    const stored = await ports.store.loadEvent(event as EventId);
    if (stored !== null && stored.event.state !== "standing") corrected.add(event);
  }
  return { issue, kept: kept !== null, corrected };
}

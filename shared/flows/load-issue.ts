// One issue's content: the same material and selection as its mails.
import type { Digest, MailLinks } from "../digests/digest.ts";
import type { IssueRequest } from "../digests/issue.ts";
import { titlesOf } from "./mail-links.ts";
import type { Ports } from "./ports.ts";
import { digestFor, loadMaterial } from "./send-periodic.ts";

export async function loadIssue(
  ports: Ports,
  { preferences, period }: IssueRequest,
): Promise<{ digest: Digest; links: MailLinks; titleOf: (dossier: string) => string }> {
  const { publicUrl, contactUrl } = ports.settings;
  const coverage = { feedsChecked: 0, feedsFailing: 0, itemsRead: 0 };
  return {
    digest: digestFor({ preferences }, await loadMaterial(ports, period), coverage, period),
    // Nobody's: a page of the archive ends and changes no subscription.
    links: { publicUrl, contactUrl, unsubscribe: "", preferences: "", listHost: "" },
    titleOf: titlesOf(ports),
  };
}

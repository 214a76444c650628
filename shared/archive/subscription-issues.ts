// The public archive of issues: every mail's link to itself, as it was first sent.
import { Hono } from "hono";
import { ISSUE_PARAMETERS, readIssueQuery } from "../digests/issue.ts";
import { loadIssue } from "../flows/load-issue.ts";
import { titlesOf } from "../flows/mail-links.ts";
import type { Ports } from "../flows/ports.ts";
import { issuePage } from "./pages/subscription-issue.ts";
import { problemsPage } from "./pages/subscription-pages.ts";
import { pageParametersOf, pageTakes } from "./parameters.ts";

export function issueRoutes(ports: Ports): Hono {
  const app = new Hono();
  app.get("/issues", pageTakes(...ISSUE_PARAMETERS), async (c) => {
    const request = readIssueQuery(pageParametersOf(c.req.url));
    if (request === null) {
      const message = "names no issue: cadence, to, days and language are needed";
      return c.html(problemsPage([{ field: "query", message }], "en"), 400);
    }
    const { issue, kept, corrected } = await loadIssue(ports, request);
    // What was mailed changes no more, but for corrections.
    if (kept) c.header("Cache-Control", "public, max-age=3600");
    return c.html(issuePage(issue, request.preferences, titlesOf(ports), corrected));
  });
  return app;
}

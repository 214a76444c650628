// Issues as they were first mailed: written once, never changed.
import { gunzipSync, gzipSync } from "node:zlib";
import { IssueSnapshot } from "../domain/issue.ts";
import type { IssueStore } from "../flows/ports.ts";
import type { Database } from "./database.ts";
import { keys } from "./table.ts";

export function issueStore(db: Database): IssueStore {
  return {
    putIssue: (id, issue) =>
      db.put(
        // A row holds 400 kB at most, and a long issue has more words than that.
        { ...keys.issue(id), issue: gzipSync(JSON.stringify(issue)) },
        { expression: "attribute_not_exists(pk)" },
      ),
    async loadIssue(id) {
      const row = await db.get(keys.issue(id));
      if (row === null) return null;
      const packed = row["issue"];
      if (!(packed instanceof Uint8Array))
        throw new TypeError(`issue ${id}: not as it was written`);
      return IssueSnapshot.parse(JSON.parse(gunzipSync(packed).toString("utf8")));
    },
  };
}

// The one table: its keys, its index, and every access pattern (docs/adr/0002-one-table.md says why).
/** What infra creates in the cloud and the embedded server creates on one machine. */
export const TABLE = {
  partitionKey: "pk",
  sortKey: "sk",
  /** Sparse: only rows with something due carry its keys. */
  dueIndex: { name: "due", partitionKey: "duePk", sortKey: "dueAt" },
  /** Epoch seconds. */
  timeToLive: "expiresAt",
} as const;

import { defineConfig } from "vitest/config";

const shared = {
  pool: "forks",
  testTimeout: 3_600_000,
  hookTimeout: 600_000,
} as const;
const env = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };

/** What takes minutes: run before an issue is closed (`npm run test:long`). */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...shared, name: "long", include: ["tests/long/**/*.test.ts"], env } },
      {
        // `npm test` tries these over a store in its own process, and properties on fewer cases.
        test: {
          ...shared,
          name: "flows over DynamoDB's protocol",
          include: ["archive", "cli", "digests", "dossiers", "flows", "matching"].map(
            (room) => `tests/${room}/**/*.test.ts`,
          ),
          env: { ...env, FLOWS_OVER: "dynalite", MANY_RUNS: "1" },
        },
      },
    ],
  },
});

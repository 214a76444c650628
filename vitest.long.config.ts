import { defineConfig } from "vitest/config";

/** What takes minutes: run before an issue is closed (`npm run test:long`). */
export default defineConfig({
  test: {
    include: ["tests/long/**/*.test.ts"],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
  },
});

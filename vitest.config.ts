import { defineConfig } from "vitest/config";

// Real servers and child processes on two cores: files run two at a time, and a slow one gets room.
export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/long/**", "node_modules/**"],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    pool: "forks",
    maxWorkers: 2,
    // For what hangs, and for nothing else: no test is to say how fast a machine is.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});

import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Begun first, so that at the end no worker waits for one of them alone. */
const SLOW = ["crash/crash", "browser/pages", "aws/bundles", "infra/stack", "feeds/feed-parser"];

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = SLOW.findIndex((name) => moduleId.endsWith(`/tests/${name}.test.ts`));
      return at < 0 ? SLOW.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

// Real servers and child processes on two cores: files run two at a time, and a slow one gets room.
export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/long/**", "node_modules/**"],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    pool: "forks",
    maxWorkers: 2,
    // Modules are loaded once a worker, not once a file: no test may change what another one imports, nor its environment.
    isolate: false,
    sequence: { sequencer: SlowFirst },
    // For what hangs, and for nothing else: no test is to say how fast a machine is.
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
});

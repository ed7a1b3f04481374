import { defineConfig } from "vitest/config";
import { LongestFirst } from "./kit/slow-files-first.ts";

// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from the default export
export default defineConfig({
  // vitest would load a second copy of graphql (its ESM build) beside the one that CommonJS packages use
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    setupFiles: ["test/kit/before-each-file.ts"],
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
    // on two cores: the long files wait more than they compute, for processes, leases and timeouts
    maxWorkers: 3,
    // in a process of its own each file would load and compile the whole system again, a third of what it takes
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
});

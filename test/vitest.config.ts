import { defineConfig } from "vitest/config";
import { LongestFirst } from "./kit/slow-files-first.ts";

// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from the default export
export default defineConfig({
  // vitest would load a second copy of graphql (its ESM build) beside the one that CommonJS packages use
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    setupFiles: ["test/kit/before-each-file.ts"],
    globalSetup: ["test/kit/database-templates.ts"],
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } }, // vitest's second is short where three files share two cores
    pool: "forks",
    execArgv: ["--max-semi-space-size=32"], // as the programs have; node's 16 MB cost a tenth more CPU in collections
    // more than the two cores, because the long files mostly wait for processes, leases and timeouts
    maxWorkers: 3,
    // with a process per file, loading and compiling the system again would take a third of the run
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
});

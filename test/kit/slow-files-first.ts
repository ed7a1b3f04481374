import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Slow test files, the slowest first: one that starts last would run alone at the end. */
const LONG = [
  "campaign/faults",
  "campaign/campaign",
  "one-stop/decide-simulation",
  "gateway/executor-differential",
  "one-stop/clock/due-random",
  "house/additions",
  "rights/enforced",
  "operations/start-system",
  "operations/postgres-launcher",
  "gateway/playground-in-browser",
  "gateway/screens/openid-sign-in",
  "gateway/pages/forms-in-browser",
  "one-stop/list-plans",
  "gateway/rights",
  "operations/postgres-refusals",
  "gateway/documents",
  "one-stop/reconcile",
  "one-stop/bundle-outages",
  "bad-input/fuzz",
];

/** Runs slow files first, then the others in vitest's order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((file) => moduleId.endsWith(`/test/${file}.test.ts`));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

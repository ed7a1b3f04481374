import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take long, the longest first: one of them begun last would run on alone. */
const LONG = [
  "campaign/faults",
  "campaign/campaign",
  "one-stop/decide-simulation",
  "gateway/executor-differential",
  "operations/start-system",
  "operations/postgres-launcher",
  "gateway/playground-in-browser",
  "gateway/rights",
  "operations/postgres-refusals",
  "gateway/documents",
  "one-stop/reconcile",
  "rights/enforced",
  "one-stop/bundle-outages",
  "bad-input/fuzz",
];

/** Long files first, and then as vitest orders them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((file) => moduleId.endsWith(`/test/${file}.test.ts`));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

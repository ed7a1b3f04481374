import { basename } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take long, the longest first: one of them begun last would run on alone. */
const LONG = [
  "faults",
  "campaign",
  "decide-simulation",
  "executor-differential",
  "start-system",
  "postgres-launcher",
  "playground-in-browser",
  "gateway-rights",
  "postgres-refusals",
  "gateway-documents",
  "reconcile",
  "rights-enforced",
  "bundle-outages",
  "bad-input-fuzz",
];

/** Long files first, and then as vitest orders them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONG.indexOf(basename(moduleId, ".test.ts"));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

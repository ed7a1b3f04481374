import { type Check, expectEqual, expectThat, NotTestable } from "./check.ts";
import { newPart, type PartAnswer } from "./part-calls.ts";
import type { PartsFile } from "./parts-file.ts";

const OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+07:00$/;
export const CODE = /^[A-Z][A-Z0-9_]*$/;
const UNDECIDED = { decidedAt: null, result: null, facts: null, refusal: null, supplement: null, likenesses: null };

/** @throws RuleBroken unless the answer has exactly the fields of its state. */
export function expectAnswer(answer: PartAnswer | null, state: string): asserts answer is PartAnswer {
  expectThat(answer !== null, "an answer", answer);
  expectEqual("state", answer.state, state);
  const { decidedAt, facts, refusal, supplement, result } = answer;
  if (state === "PROCESSING") return expectEqual("answer", { ...answer, likenesses: null }, { state, ...UNDECIDED });
  expectThat(OFFSET.test(decidedAt ?? ""), "decidedAt with the offset +07:00", decidedAt);
  expectEqual("facts stand in GRANTED alone", facts !== null, state === "GRANTED");
  expectEqual("a refusal stands in REFUSED alone", refusal !== null, state === "REFUSED");
  expectEqual("a supplement stands in SUPPLEMENT_NEEDED alone", supplement !== null, state === "SUPPLEMENT_NEEDED");
  expectThat(state === "GRANTED" || result === null, "a result stands in GRANTED alone", result);
  if (refusal) {
    expectThat(CODE.test(refusal.code), "a refusal's code in UPPER_SNAKE", refusal.code);
    expectThat(refusal.message !== "" && refusal.messageEn !== "", "texts of a refusal", refusal);
    expectThat(refusal.legalBasis !== "", "the legal basis of a refusal", refusal);
  }
}

export type Run = (agency: Parameters<Check["run"]>[0], part: ReturnType<typeof newPart>) => Promise<void>;

/** A check with the parts file's content of one kind. */
export function withContent(name: string, file: PartsFile, kind: "refused" | "officer", run: Run): Check {
  return {
    name,
    async run(agency) {
      const template = file[kind];
      if (!template) throw new NotTestable(`the parts file has no content "${kind}"`);
      await run(agency, newPart(file, template));
    },
  };
}

/** UUID immediately before another one, as the cursor of a page that begins with it. */
export function idBefore(id: string): string {
  const number = BigInt(`0x${id.replaceAll("-", "")}`) - 1n;
  return number
    .toString(16)
    .padStart(32, "0")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

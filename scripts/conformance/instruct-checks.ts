import { randomUUID } from "node:crypto";
import { type Check, expectEqual, expectThat } from "./check.ts";
import { cancel, deliver, instruct, newPart, status } from "./part-calls.ts";
import { expectAnswer, withContent } from "./part-expectations.ts";
import type { PartsFile } from "./parts-file.ts";

const by = "conformance:officer";
const GRANT = { by, grant: { facts: {}, compared: [] } };
const REFUSE = { by, refuse: { reason: "Không đủ điều kiện", legalBasis: "Nghị định 118/2025/NĐ-CP, Điều 1" } };
const PAPER = { code: "CONFORMANCE_PAPER", description: "Bản sao giấy tờ" };
const SUPPLEMENT = { by, supplement: { items: [PAPER] } };
const ANSWERS = { by, answers: [{ item: PAPER.code, text: "Đã nộp", attachment: null }] };

/** Checks of the instructions of people about parts that wait for an officer. */
export function instructChecks(file: PartsFile): Check[] {
  const open = (name: string, run: Parameters<typeof withContent>[3]) =>
    withContent(`instruct: ${name}`, file, "officer", async (agency, part) => {
      await deliver(agency, part);
      await run(agency, part);
    });
  return [
    {
      name: "instruct: an id that never arrived is null",
      run: async (agency) => expectEqual("answer", await instruct(agency, randomUUID(), GRANT), null),
    },
    {
      name: "instruct: a part that was decided keeps its answer",
      async run(agency) {
        const part = newPart(file);
        const answer = await deliver(agency, part);
        expectEqual("answer to a refusal", await instruct(agency, part.id, REFUSE), answer);
        expectEqual("status", await status(agency, part.id), answer);
      },
    },
    open("a grant is GRANTED, and again it is the same answer", async (agency, part) => {
      const answer = await instruct(agency, part.id, GRANT);
      expectAnswer(answer, "GRANTED");
      expectEqual("second answer", await instruct(agency, part.id, GRANT), answer);
      expectEqual("answer to a refusal", await instruct(agency, part.id, REFUSE), answer);
      expectEqual("answer to a delivery", await deliver(agency, part), answer);
      expectEqual("status", await status(agency, part.id), answer);
    }),
    open("a refusal is REFUSED with its reason and legal basis", async (agency, part) => {
      const answer = await instruct(agency, part.id, REFUSE);
      expectAnswer(answer, "REFUSED");
      const { message, legalBasis } = answer.refusal ?? {};
      expectEqual("reason and legal basis", { reason: message, legalBasis }, REFUSE.refuse);
      expectEqual("answer to a grant", await instruct(agency, part.id, GRANT), answer);
    }),
    open("a request for papers is SUPPLEMENT_NEEDED; the answers are examined again", async (agency, part) => {
      const asked = await instruct(agency, part.id, SUPPLEMENT);
      expectAnswer(asked, "SUPPLEMENT_NEEDED");
      expectEqual("items", asked.supplement, [PAPER]);
      expectAnswer(await instruct(agency, part.id, ANSWERS), "PROCESSING");
    }),
    open("a grant and a refusal at the same time are one decision", async (agency, part) => {
      const answers = await Promise.all([GRANT, REFUSE].map((each) => instruct(agency, part.id, each)));
      const kept = await status(agency, part.id);
      for (const answer of answers) expectEqual("each answer", answer, kept);
    }),
    open("a cancelled part stays CANCELLED", async (agency, part) => {
      const cancelled = await cancel(agency, part.id);
      expectThat(cancelled.state === "CANCELLED", "CANCELLED", cancelled);
      expectEqual("answer to a grant", await instruct(agency, part.id, GRANT), cancelled);
    }),
  ];
}

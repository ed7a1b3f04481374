import { randomUUID } from "node:crypto";
import { anonymous } from "../../subgraphs/_shared/identity/caller.ts";
import { service } from "./agency.ts";
import { type Check, type CheckGroup, expectEqual, expectThat, NotTestable } from "./check.ts";
import { expectRefused } from "./identity-checks.ts";
import {
  call,
  cancel,
  check,
  deliver,
  expectError,
  newPart,
  type Operation,
  type PartAnswer,
  received,
  status,
} from "./part-calls.ts";
import type { PartsFile } from "./parts-file.ts";

const OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+07:00$/;
const CODE = /^[A-Z][A-Z0-9_]*$/;
const CONCURRENT = 10;
const UNDECIDED = { decidedAt: null, result: null, facts: null, refusal: null, supplement: null };

/** @throws RuleBroken unless the answer has exactly the fields of its state. */
function expectAnswer(answer: PartAnswer | null, state: string): asserts answer is PartAnswer {
  expectThat(answer !== null, "an answer", answer);
  expectEqual("state", answer.state, state);
  const { decidedAt, facts, refusal, supplement, result } = answer;
  if (state === "PROCESSING") return expectEqual("answer", answer, { state, ...UNDECIDED });
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

function checking(file: PartsFile): Check[] {
  return [
    {
      name: "check: content that is granted has no problems and AUTOMATIC handling, and nothing is written",
      async run(agency) {
        const part = newPart(file);
        expectEqual("check", await check(agency, part), { handling: "AUTOMATIC", problems: [] });
        expectEqual("status after a check", await status(agency, part.id), null);
      },
    },
    {
      name: "check: two parts in one query, under aliases",
      async run(agency) {
        const [one, two] = [newPart(file), newPart(file)];
        const query = `query Each($p0: PartInput!, $p1: PartInput!) {
          p0: checkPart(part: $p0) { handling problems { code } } p1: checkPart(part: $p1) { handling problems { code } }
        }`;
        const { data } = await agency.ask(service(), query, { p0: one, p1: two });
        const clear = { handling: "AUTOMATIC", problems: [] };
        expectEqual("data", data, { p0: clear, p1: clear });
      },
    },
    withContent("check: content that is refused has a problem", file, "refused", async (agency, part) => {
      const { problems } = await check(agency, part);
      expectThat(problems.length > 0, "a problem", problems);
      for (const problem of problems) expectThat(CODE.test(problem.code), "a code in UPPER_SNAKE", problem);
    }),
    withContent("check: content for an officer has OFFICER handling", file, "officer", async (agency, part) => {
      expectEqual("handling", (await check(agency, part)).handling, "OFFICER");
    }),
  ];
}

function delivering(file: PartsFile): Check[] {
  return [
    {
      name: "deliver: content that is granted is GRANTED, with the day of the decision and its facts",
      run: async (agency) => expectAnswer(await deliver(agency, newPart(file)), "GRANTED"),
    },
    {
      name: "deliver: the same part again gets the same answer",
      async run(agency) {
        const part = newPart(file);
        const answer = await deliver(agency, part);
        expectEqual("second answer", await deliver(agency, part), answer);
        expectEqual("status", await status(agency, part.id), answer);
      },
    },
    {
      name: "deliver: another body under a known id gets the stored answer",
      async run(agency) {
        const part = newPart(file);
        const answer = await deliver(agency, part);
        const other = { ...newPart(file), id: part.id };
        expectEqual("second answer", await deliver(agency, other), answer);
        expectEqual("status", await status(agency, part.id), answer);
      },
    },
    {
      name: `deliver: ${CONCURRENT} deliveries of one part at the same time are decided once`,
      async run(agency) {
        const part = newPart(file);
        const answers = await Promise.all(Array.from({ length: CONCURRENT }, () => deliver(agency, part)));
        expectAnswer(answers[0] ?? null, "GRANTED");
        for (const answer of answers) expectEqual("each answer", answer, answers[0]);
      },
    },
    sameFact(file),
    withContent("deliver: content that is refused is REFUSED, again too", file, "refused", async (agency, part) => {
      const answer = await deliver(agency, part);
      expectAnswer(answer, "REFUSED");
      expectEqual("second answer", await deliver(agency, part), answer);
      expectEqual("status", await status(agency, part.id), answer);
      expectEqual("answer to a cancellation", await cancel(agency, part.id), answer);
    }),
    withContent("deliver: content for an officer stays PROCESSING", file, "officer", async (agency, part) => {
      expectAnswer(await deliver(agency, part), "PROCESSING");
      expectAnswer(await status(agency, part.id), "PROCESSING");
    }),
  ];
}

function sameFact(file: PartsFile): Check {
  const content = newPart(file).content;
  return {
    name: "deliver: the same fact under two ids at the same time is granted once and refused once",
    async run(agency) {
      if (!file.grantedOnce) throw new NotTestable('the parts file does not state "grantedOnce": true');
      const parts = [newPart(file), newPart(file)].map((part) => ({ ...part, content }));
      const answers = await Promise.all(parts.map((part) => deliver(agency, part)));
      expectEqual("states", answers.map(({ state }) => state).sort(), ["GRANTED", "REFUSED"]);
    },
  };
}

function cancelling(file: PartsFile): Check[] {
  return [
    {
      name: "cancel: a part that was granted stays GRANTED",
      async run(agency) {
        const part = newPart(file);
        const answer = await deliver(agency, part);
        expectEqual("answer to the cancellation", await cancel(agency, part.id), answer);
        expectEqual("status", await status(agency, part.id), answer);
      },
    },
    {
      name: "cancel: a part that never arrived leaves a tombstone, and its late delivery is not decided",
      async run(agency) {
        const part = newPart(file);
        const tombstone = await cancel(agency, part.id);
        expectAnswer(tombstone, "CANCELLED");
        expectEqual("answer to the late delivery", await deliver(agency, part), tombstone);
        expectEqual("second cancellation", await cancel(agency, part.id), tombstone);
        expectEqual("status", await status(agency, part.id), tombstone);
        const [entry] = (await received(agency, 1_000, before(part.id))).filter(({ id }) => id === part.id);
        expectEqual("entry", entry, { id: part.id, procedure: "unknown", dossier: null, state: "CANCELLED" });
      },
    },
    {
      name: "cancel: beside a delivery of the same part, both get the same answer in the end",
      async run(agency) {
        const part = newPart(file);
        await Promise.all([deliver(agency, part), cancel(agency, part.id)]);
        const answer = await status(agency, part.id);
        expectThat(["GRANTED", "CANCELLED"].includes(answer?.state ?? ""), "GRANTED or CANCELLED", answer);
        expectEqual("delivery afterwards", await deliver(agency, part), answer);
        expectEqual("cancellation afterwards", await cancel(agency, part.id), answer);
      },
    },
    withContent("cancel: a part that waits for an officer becomes CANCELLED", file, "officer", async (agency, part) => {
      await deliver(agency, part);
      expectAnswer(await cancel(agency, part.id), "CANCELLED");
      expectAnswer(await deliver(agency, part), "CANCELLED");
    }),
  ];
}

/** A UUID right before another one, for a page that begins with it. */
function before(id: string): string {
  const number = BigInt(`0x${id.replaceAll("-", "")}`) - 1n;
  return number
    .toString(16)
    .padStart(32, "0")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function listing(file: PartsFile): Check[] {
  return [
    {
      name: "status: an id that never arrived is null",
      run: async (agency) => expectEqual("status", await status(agency, randomUUID()), null),
    },
    {
      name: "receivedParts: lists a delivered part, in ascending order of ids, page by page",
      async run(agency) {
        const parts = [newPart(file), newPart(file)].sort((one, other) => (one.id < other.id ? -1 : 1));
        for (const part of parts) await deliver(agency, part);
        for (const { id, procedure, dossier } of parts) {
          const [first, second] = await received(agency, 2, before(id));
          expectEqual("first of the page", first, { id, procedure, dossier, state: "GRANTED" });
          expectThat(second === undefined || second.id > id, "the second has a greater id", second);
          const [next] = await received(agency, 1, id);
          expectEqual("the part after it", next, second);
        }
      },
    },
    {
      name: "receivedParts: refuses pages of 0 and of 1,001",
      async run(agency) {
        for (const first of [0, 1_001]) {
          expectError(await call(agency, "received", { first, after: null }), "BAD_USER_INPUT");
        }
      },
    },
  ];
}

function refusing(file: PartsFile): Check[] {
  return [
    unwritten("content that does not fit is BAD_USER_INPUT and leaves the id free", file, async (agency, part) => {
      expectError(await call(agency, "deliver", { part: { ...part, content: file.unfit } }), "BAD_USER_INPUT");
    }),
    unwritten("a procedure that it does not decide is BAD_USER_INPUT", file, async (agency, part) => {
      for (const operation of ["check", "deliver"] as const) {
        const unknown = { ...part, procedure: "0.000000-conformance" };
        expectError(await call(agency, operation, { part: unknown }), "BAD_USER_INPUT");
      }
    }),
    {
      name: "an id that is not a UUID is BAD_USER_INPUT",
      async run(agency) {
        const [part, partId] = [{ ...newPart(file), id: "1" }, "1"];
        const calls: [Operation, object][] = [
          ["deliver", { part }],
          ["status", { partId }],
          ["cancel", { partId }],
          ["received", { first: 1, after: "1" }],
        ];
        for (const [operation, variables] of calls) {
          expectError(await call(agency, operation, variables), "BAD_USER_INPUT");
        }
      },
    },
    unwritten(
      "a caller without the permission is FORBIDDEN, the public UNAUTHENTICATED",
      file,
      async (agency, part) => {
        const calls: [Operation, object][] = [
          ["check", { part }],
          ["deliver", { part }],
          ["status", { partId: part.id }],
          ["cancel", { partId: part.id }],
          ["received", { first: 1, after: null }],
        ];
        for (const [operation, variables] of calls) {
          expectError(await call(agency, operation, variables, service([])), "FORBIDDEN");
          expectError(await call(agency, operation, variables, anonymous(randomUUID())), "UNAUTHENTICATED");
        }
      },
    ),
    unwritten("a delivery whose identity is refused", file, async (agency, part) => {
      const query = "mutation ($part: PartInput!) { deliverPart(part: $part) { state } }";
      const body = JSON.stringify({ query, variables: { part } });
      const forged = { key: { id: agency.keys[0]?.id ?? "", secret: "x".repeat(32) } };
      for (const identity of [undefined, agency.identity(body, service(), forged)]) {
        expectRefused(await agency.send(body, identity));
      }
    }),
    {
      ...unwritten("a delivery for which no time is left", file, async (agency, part) => {
        const { data } = await call(agency, "deliver", { part }, service(), { "x-request-deadline": "0" });
        expectThat(!data?.out, "no answer", data);
      }),
      level: "SHOULD",
    },
  ];
}

/** A check after which the agency does not know the part, and decides it when it is delivered in order. */
function unwritten(name: string, file: PartsFile, run: (...given: Parameters<Run>) => Promise<void>): Check {
  return {
    name: `writes nothing: ${name}`,
    async run(agency) {
      const part = newPart(file);
      await run(agency, part);
      expectEqual("status afterwards", await status(agency, part.id), null);
      expectAnswer(await deliver(agency, part), "GRANTED");
    },
  };
}

type Run = (agency: Parameters<Check["run"]>[0], part: ReturnType<typeof newPart>) => Promise<void>;

function withContent(name: string, file: PartsFile, kind: "refused" | "officer", run: Run): Check {
  return {
    name,
    async run(agency) {
      const template = file[kind];
      if (!template) throw new NotTestable(`the parts file has no content "${kind}"`);
      await run(agency, newPart(file, template));
    },
  };
}

/** Without `file`, or where the agency decides no parts, the group is skipped. */
export function partChecks(servesParts: boolean, file: PartsFile | undefined): CheckGroup {
  const title = "Part protocol (subgraphs/_shared/parts/PROTOCOL.md)";
  if (!servesParts) return { title, checks: [], skipped: "the schema has no partStatus: the agency decides no parts" };
  if (!file) return { title, checks: [], skipped: "no contents to deliver: --parts FILE" };
  const checks = [checking, delivering, cancelling, listing, refusing].flatMap((group) => group(file));
  return { title, checks };
}

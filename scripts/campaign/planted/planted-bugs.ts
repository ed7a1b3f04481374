import type { SubgraphName } from "../../../subgraphs/agency-registry.ts";
import type { Edit } from "../campaign-bundle.ts";
import { acknowledgedEarly } from "../directed/acceptance-faults.ts";
import { decisionSentTwice } from "../directed/act-faults.ts";
import { losesAnswers } from "../directed/agency-faults.ts";
import { papersAfterDueDate } from "../directed/deadline-faults.ts";
import { cancelledBeforeDelivery } from "../directed/late-delivery.ts";
import { oneCodeOnTwoReceipts } from "../directed/reserved-code-faults.ts";
import type { Scenario } from "../directed/scenario.ts";
import { resumesWithFailure } from "../directed/stalled-processes.ts";
import type { Invariant } from "../violation.ts";

/** Plausible bug, planted into a copy of the product, and the fault under which it must be detected. */
export type Bug = {
  name: string;
  edits: Edit[];
  /** Statement that drops database constraints which would prevent the bug. */
  droppedConstraints?: { database: SubgraphName; statement: string };
  scenario: Scenario;
  /** Invariants of which at least one must be violated. */
  violates: Invariant[];
};

const ACCEPTANCE = "subgraphs/one-stop/acceptance/acceptance.ts";
const SUBMISSION = "subgraphs/one-stop/acceptance/submission.ts";
const BATCH = "subgraphs/one-stop/batch/submit-batch.ts";
const DELIVERY = "subgraphs/_shared/parts/delivery.ts";
const INSTRUCTION = "subgraphs/_shared/parts/instruction.ts";
const STORE = "subgraphs/one-stop/saga/store.ts";
const AGENCY_CALL = "subgraphs/one-stop/saga/call-agency.ts";
const DEPENDANTS = "subgraphs/one-stop/saga/dependants.ts";
const DECIDE_DEADLINES = "subgraphs/one-stop/saga/decide-deadlines.ts";

export const BUGS: Bug[] = [
  {
    name: "a request is acknowledged before its COMMIT",
    edits: [
      {
        file: ACCEPTANCE,
        find: "await database.db.transaction(async (tx) => {",
        replace: "void database.db.transaction(async (tx) => {",
      },
      {
        file: SUBMISSION,
        find: "return dossierAfterWait(accepted.dossier.id, waitMs, ctx, accepted.leases.length > 0);",
        replace: "return { dossier: { ...accepted.dossier, dueAt: ctx.now, parties: [] }, problems: [] };",
      },
    ],
    scenario: acknowledgedEarly,
    violates: ["acknowledged"],
  },
  {
    name: "a cancellation leaves no tombstone",
    edits: [
      {
        file: DELIVERY,
        find: `await tx
      .insert(receivedParts)
      .values({ partId, procedure: "unknown", state: "CANCELLED", decidedAt: now, ...NO_LONGER_KEPT })
      .onConflictDoNothing();`,
        replace: "",
      },
      {
        file: DELIVERY,
        find: `if (!answer) throw new Error("A cancelled part must have a row");`,
        replace: `if (!answer) return { ...undecided, state: "CANCELLED", decidedAt: now };`,
      },
    ],
    scenario: cancelledBeforeDelivery("INSURANCE"),
    violates: ["tombstones"],
  },
  {
    name: "a late worker is not fenced off",
    edits: [
      { file: STORE, find: `and revision = \${before.revision} returning id`, replace: "returning id" },
      { file: STORE, find: "?.fencingToken === lease.fencingToken;", replace: "!== undefined;" },
    ],
    scenario: resumesWithFailure,
    violates: ["history"],
  },
  {
    name: "an agency repeats its work for every delivery",
    edits: [
      {
        file: DELIVERY,
        find: "await Promise.all([stored(tx, part.id), handler.examine(tx, part)]);",
        replace: "[undefined, { ...(await handler.examine(tx, part)), problems: [], verify: [] }];",
      },
    ],
    droppedConstraints: {
      database: "health-insurance",
      statement: `
        alter table received_parts drop constraint received_parts_pkey;
        alter table cards drop constraint cards_personal_id_unique`,
    },
    scenario: losesAnswers("HEALTH_INSURANCE"),
    violates: ["single"],
  },
  {
    name: "a decision is applied for every delivery of it",
    edits: [
      {
        file: INSTRUCTION,
        find: `if (row.state !== "PROCESSING" && row.state !== "SUPPLEMENT_NEEDED") return answerOf(row);`,
        replace: "",
      },
      {
        file: INSTRUCTION,
        find: "if (!grant || examined.problems.length > 0) return null;",
        replace: "if (!grant) return null;",
      },
      {
        file: INSTRUCTION,
        find: "...(!isOpenAnswer(answer.state) && NO_LONGER_KEPT),",
        replace: "",
      },
    ],
    droppedConstraints: {
      database: "health-insurance",
      statement: `
        alter table cards drop constraint cards_personal_id_unique`,
    },
    scenario: decisionSentTwice,
    violates: ["single"],
  },
  {
    name: "a missing response is treated as a refusal",
    edits: [
      {
        file: AGENCY_CALL,
        find: `event: SagaEvent = { kind: "NOT_ANSWERED", step: key, delivered: error.delivered }`,
        replace: `event: SagaEvent = { kind: "ANSWERED", step: key, answer: { state: "REFUSED" } }`,
      },
    ],
    scenario: losesAnswers("HEALTH_INSURANCE"),
    violates: ["agreement", "orphans"],
  },
  {
    name: "a reserved code is used twice",
    edits: [
      {
        file: ACCEPTANCE,
        find: "const isFree = and(eq(reservedCodes.code, code), isNull(reservedCodes.dossierId), isNull(reservedCodes.voidAt));",
        replace: "const isFree = and(eq(reservedCodes.code, code), isNull(reservedCodes.voidAt));",
      },
      { file: BATCH, find: `if (code.state === "USED") return`, replace: `if (code.state === "VOID") return` },
    ],
    droppedConstraints: {
      database: "one-stop",
      statement: "alter table dossiers drop constraint dossiers_code_unique",
    },
    scenario: oneCodeOnTwoReceipts,
    violates: ["codes", "single"],
  },
  {
    name: "the clock runs while the citizen is awaited",
    edits: [
      {
        file: DECIDE_DEADLINES,
        find: `commands: [...commands, { kind: stands ? "STOP_CLOCK" : "RUN_CLOCK" }] };`,
        replace: "commands };",
      },
    ],
    scenario: papersAfterDueDate,
    violates: ["deadlines"],
  },
  {
    name: "a step that becomes ready gets no planned work",
    edits: [
      {
        file: DEPENDANTS,
        find: `commands.push(record(step, "READY"), { kind: "DELIVER", step: step.key, afterMs: 0 });`,
        replace: `commands.push(record(step, "READY"));`,
      },
    ],
    scenario: { name: "a request is sent", run: async (setup) => void (await setup.send()) },
    violates: ["ended"],
  },
];

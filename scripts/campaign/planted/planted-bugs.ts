import type { SubgraphName } from "../../../subgraphs/agency-registry.ts";
import type { Edit } from "../campaign-bundle.ts";
import { acknowledgedEarly } from "../directed/acceptance-faults.ts";
import { decisionSentTwice } from "../directed/act-faults.ts";
import { losesAnswers } from "../directed/agency-faults.ts";
import { channelKilled } from "../directed/channel-faults.ts";
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
const CONSUMERS = "subgraphs/one-stop/changes/consumers.ts";
const DELIVERY_IDS = "subgraphs/one-stop/webhooks/delivery-ids.ts";
const MESSAGE_WORKER = "subgraphs/one-stop/messages/message-worker.ts";
const PORTAL_PLAN = "subgraphs/one-stop/national-portal/delivery-plan.ts";
const DECIDE_DEADLINES = "subgraphs/one-stop/saga/decide-deadlines.ts";

const aRequest: Scenario = { name: "a request is sent", run: async (setup) => void (await setup.send()) };

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
        find: "const dossier = await dossierAfterWait(accepted.dossier.id, waitMs, ctx, accepted.leases.length > 0);",
        replace: "const dossier = { ...accepted.dossier, dueAt: ctx.now, parties: [] };",
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
    scenario: aRequest,
    violates: ["ended"],
  },
  {
    name: "the position of a consumer is stored before its effect",
    edits: [
      {
        file: CONSUMERS,
        find: "if (found.nodes.length > 0) await consumer.take(tx, found.nodes);",
        replace: "",
      },
      {
        file: CONSUMERS,
        find: `if (page) await configuration.failpoints("after-commit", consumer.name);`,
        replace: `if (page) await configuration.failpoints("after-commit", consumer.name);
  if (page && page.nodes.length > 0) await database.db.transaction((tx) => consumer.take(tx, page.nodes));`,
      },
    ],
    scenario: channelKilled("after-commit.webhooks"),
    violates: ["webhooks"],
  },
  {
    name: "the changes of one act are taken for one event of a webhook",
    edits: [{ file: DELIVERY_IDS, find: "String(position.row + position.place)", replace: "String(position.row)" }],
    scenario: aRequest,
    violates: ["webhooks"],
  },
  {
    name: "a message is recorded as sent before it is sent",
    edits: [
      {
        file: MESSAGE_WORKER,
        find: `await configuration.failpoints("before-call", "MESSAGE");`,
        replace: `await end(each, "SENT"); await configuration.failpoints("before-call", "MESSAGE");`,
      },
    ],
    scenario: channelKilled("before-call.MESSAGE"),
    violates: ["messages"],
  },
  {
    name: "a step at the national portal with the status of the one before is taken for a repeated one",
    edits: [
      {
        file: PORTAL_PLAN,
        find: "const isBack = shown !== null && goesBack(shown, step.dossierState);",
        replace: `if (shown === step.dossierState) continue;
    const isBack = shown !== null && goesBack(shown, step.dossierState);`,
      },
    ],
    scenario: aRequest,
    violates: ["portal"],
  },
];

import type { SubgraphName } from "../../../subgraphs/agency-registry.ts";
import type { Edit } from "../campaign-bundle.ts";
import { acknowledgedEarly } from "../directed/acceptance.ts";
import { losesAnswers } from "../directed/agency-faults.ts";
import { cancelledBeforeDelivery } from "../directed/late-delivery.ts";
import type { Scenario } from "../directed/scenario.ts";
import { wakesWithFailure } from "../directed/stalled-processes.ts";
import type { Invariant } from "../violation.ts";

/** A plausible bug, planted into a copy of the product, and the fault under which it must be detected. */
export type Bug = {
  name: string;
  edits: Edit[];
  /** Statement that drops database constraints which would prevent the bug. */
  sabotage?: { database: SubgraphName; statement: string };
  scenario: Scenario;
  /** Invariants of which at least one must be violated. */
  breaks: Invariant[];
};

const ACCEPTANCE = "subgraphs/one-stop/acceptance/acceptance.ts";
const SUBMISSION = "subgraphs/one-stop/acceptance/submission.ts";
const DELIVERY = "subgraphs/_shared/parts/delivery.ts";
const STORE = "subgraphs/one-stop/saga/store.ts";
const AGENCY_CALL = "subgraphs/one-stop/saga/delivery.ts";
const DECIDE = "subgraphs/one-stop/saga/decide.ts";

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
    breaks: ["acknowledged"],
  },
  {
    name: "a cancellation leaves no tombstone",
    edits: [
      {
        file: DELIVERY,
        find: `await tx
      .insert(receivedParts)
      .values({ partId, procedure: "unknown", state: "CANCELLED", decidedAt: now })
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
    breaks: ["tombstones"],
  },
  {
    name: "a late worker is not fenced off",
    edits: [
      { file: STORE, find: `and revision = \${before.revision} returning id`, replace: "returning id" },
      { file: STORE, find: "?.fencingToken === lease.fencingToken;", replace: "!== undefined;" },
    ],
    scenario: wakesWithFailure,
    breaks: ["history"],
  },
  {
    name: "an agency does the work again for every delivery",
    edits: [
      {
        file: DELIVERY,
        find: "await Promise.all([stored(tx, part.id), handler.examine(tx, part)]);",
        replace: "[undefined, { ...(await handler.examine(tx, part)), problems: [], verify: [] }];",
      },
    ],
    sabotage: {
      database: "health-insurance",
      statement: `
        alter table received_parts drop constraint received_parts_pkey;
        alter table cards drop constraint cards_part_id_unique;
        alter table cards drop constraint cards_personal_id_unique`,
    },
    scenario: losesAnswers("HEALTH_INSURANCE"),
    breaks: ["single"],
  },
  {
    name: "silence is read as a refusal",
    edits: [
      {
        file: AGENCY_CALL,
        find: `event: SagaEvent = { kind: "NOT_ANSWERED", step: key, delivered: error.delivered }`,
        replace: `event: SagaEvent = { kind: "ANSWERED", step: key, answer: { state: "REFUSED" } }`,
      },
    ],
    scenario: losesAnswers("HEALTH_INSURANCE"),
    breaks: ["agreement", "orphans"],
  },
  {
    name: "a step that becomes ready wakes nobody",
    edits: [
      {
        file: DECIDE,
        find: `commands.push(record(step, "READY"), { kind: "DELIVER", step: step.key, afterMs: 0 });`,
        replace: `commands.push(record(step, "READY"));`,
      },
    ],
    scenario: { name: "a request is sent", run: async (stage) => void (await stage.send()) },
    breaks: ["ended"],
  },
];

import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { PartInstruction, Refusal } from "../_shared/parts/procedure.ts";
import { communes } from "../_shared/registers/communes.ts";
import { register } from "../_shared/registers/register.ts";
import type { AgencyCode } from "../agency-registry.ts";
import type { ProcedureFacts } from "./procedures/procedure-facts.ts";
import type { StoredSupplement } from "./saga/dossier.ts";
import type { DeliveryState, DossierState, Instruction, Outcome, StepState } from "./saga/state.ts";
import type { Work } from "./saga/work.ts";

export { communes };

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Dossiers (hồ sơ), Decree 118/2025/NĐ-CP: one row for each acknowledged request. */
export const dossiers = pgTable(
  "dossiers",
  {
    id: uuid("id").primaryKey(),
    code: text("code").notNull().unique(),
    /** Subject of the token that submitted it. Owner and idempotency key identify a repeated submission. */
    owner: text("owner").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    bodyHash: text("body_hash").notNull(),
    communeList: text("commune_list").notNull(),
    /** Commune code of the receiving office. */
    office: text("office").notNull(),
    province: text("province").notNull(),
    channel: text("channel").$type<"DESK" | "ONLINE" | "POST">().notNull(),
    /** Kind of dossier, and its version on the day of receipt: the dossier finishes under the same version. */
    definitionId: text("definition_id").notNull(),
    definitionVersion: integer("definition_version").notNull(),
    /** Code and name of the procedure or of the combination of procedures. */
    procedureCode: text("procedure_code").notNull(),
    procedureName: text("procedure_name").notNull(),
    state: text("state").$type<DossierState>().notNull(),
    outcome: text("outcome").$type<Outcome>(),
    returnsAtOnce: boolean("returns_at_once").notNull(),
    /** Business time. */
    receivedAt: instant("received_at").notNull(),
    dueAt: instant("due_at").notNull(),
    completedAt: instant("completed_at"),
    /** Business time of the last change. */
    updatedAt: instant("updated_at").notNull(),
    /** While the citizen is awaited: begin of the suspension, and the due date at that time. */
    suspendedAt: instant("suspended_at"),
    dueAtSuspension: instant("due_at_suspension"),
    applicantName: text("applicant_name").notNull(),
    applicantPersonalId: text("applicant_personal_id"),
    phoneLast4: text("phone_last4"),
    /** Person whom the dossier is about. */
    subjectName: text("subject_name"),
    /** Personal numbers of the parties: applicant, subject and the other persons concerned. */
    parties: text("parties").array().notNull(),
    /** Grows with every change: a write based on an older revision is refused. */
    revision: integer("revision").notNull().default(0),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
  },
  (t) => [
    unique("dossiers_owner_key").on(t.owner, t.idempotencyKey),
    foreignKey({
      name: "dossiers_office",
      columns: [t.communeList, t.office],
      foreignColumns: [communes.list, communes.code],
    }),
    index("dossiers_office_due").on(t.office, t.dueAt, t.id),
    index("dossiers_office_received").on(t.office, t.receivedAt, t.id),
    index("dossiers_province_due").on(t.province, t.dueAt, t.id),
    index("dossiers_province_received").on(t.province, t.receivedAt, t.id),
    index("dossiers_parties").using("gin", t.parties),
  ],
);

/** Request as normalised at acceptance. A table of its own, because the dossier's row changes with every step. */
export const requests = register(
  pgTable("requests", {
    dossierId: uuid("dossier_id")
      .primaryKey()
      .references(() => dossiers.id),
    request: jsonb("request").$type<object>().notNull(),
  }),
);

/** Steps of a dossier's saga. Steps with `part` are the parts of the dossier. The id is the agency's idempotency key. */
export const steps = pgTable(
  "steps",
  {
    id: uuid("id").primaryKey(),
    dossierId: uuid("dossier_id")
      .notNull()
      .references(() => dossiers.id),
    key: text("key").notNull(),
    ordinal: integer("ordinal").notNull(),
    part: boolean("part").notNull(),
    agency: text("agency").$type<AgencyCode>().notNull(),
    procedure: text("procedure").notNull(),
    state: text("state").$type<StepState>().notNull(),
    delivery: text("delivery").$type<DeliveryState>().notNull(),
    attempts: integer("attempts").notNull().default(0),
    failures: integer("failures").notNull().default(0),
    /** Instruction of a person that the agency has not answered yet. */
    instruction: text("instruction").$type<Instruction>(),
    /** Officer who works on the part. */
    claimedBy: text("claimed_by"),
    claimedName: text("claimed_name"),
    /** Officer who decided the part. */
    decidedBy: text("decided_by"),
    decidedName: text("decided_name"),
    /** Business time of the first delivery. */
    firstSentAt: instant("first_sent_at"),
    dueAt: instant("due_at"),
    completedAt: instant("completed_at"),
    refusal: jsonb("refusal").$type<Refusal>(),
    supplement: jsonb("supplement").$type<StoredSupplement>(),
    resultType: text("result_type"),
    resultId: uuid("result_id"),
    facts: jsonb("facts").$type<Record<string, string>>(),
    /** Next work of a worker for this step, or null. Rows with work are the outbox. */
    work: text("work").$type<Work>(),
    nextAttemptAt: instant("next_attempt_at"),
    /** End of the lease, by the database's clock. The worker that wrote `fencing_token` holds it. */
    leaseUntil: instant("lease_until"),
    fencingToken: bigint("fencing_token", { mode: "number" }).notNull().default(0),
  },
  (t) => [
    unique("steps_dossier_key").on(t.dossierId, t.key),
    index("steps_work").on(t.nextAttemptAt).where(sql`${t.work} is not null`),
    index("steps_open")
      .on(t.agency, t.dueAt, t.id)
      .where(sql`${t.part} and ${t.state} in ('PROCESSING', 'SUPPLEMENT_NEEDED')`),
  ],
);

/** Events of a dossier, in order. Append-only. */
export const history = register(
  pgTable(
    "history",
    {
      id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
      dossierId: uuid("dossier_id")
        .notNull()
        .references(() => dossiers.id),
      /** Business time. */
      at: instant("at").notNull(),
      stepKey: text("step_key"),
      state: text("state").$type<StepState | DossierState>().notNull(),
      actor: text("actor").notNull(),
      note: text("note"),
    },
    (t) => [index("history_by_dossier").on(t.dossierId, t.id)],
  ),
);

/** Acts of people on dossiers: decisions, answers, withdrawals, handovers. Append-only; one row for each idempotency key. */
export const acts = pgTable(
  "acts",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    dossierId: uuid("dossier_id")
      .notNull()
      .references(() => dossiers.id),
    stepId: uuid("step_id").references(() => steps.id),
    kind: text("kind").notNull(),
    owner: text("owner").notNull(),
    role: text("role").notNull(),
    office: text("office"),
    idempotencyKey: text("idempotency_key").notNull(),
    bodyHash: text("body_hash").notNull(),
    /** Business time. */
    at: instant("at").notNull(),
    /** Instruction for the agency, where the act has one. */
    instruction: jsonb("instruction").$type<PartInstruction>(),
    details: jsonb("details").$type<object>().notNull(),
  },
  (t) => [
    unique("acts_owner_key").on(t.owner, t.idempotencyKey),
    index("acts_by_step").on(t.stepId, t.id),
    index("acts_by_dossier").on(t.dossierId, t.id),
  ],
);

/** Keys of the cases of open and granted dossiers: two desks cannot both be acknowledged for the same case. */
export const duplicateKeys = pgTable("dossier_duplicate_keys", {
  /** `<kind>:<key of the case>`. */
  key: text("key").primaryKey(),
  dossierId: uuid("dossier_id")
    .notNull()
    .references(() => dossiers.id),
});

/** Last number in an office's dossier codes of a day. */
export const codeCounters = pgTable(
  "code_counters",
  { agencyCode: text("agency_code").notNull(), day: text("day").notNull(), last: integer("last").notNull() },
  (t) => [primaryKey({ columns: [t.agencyCode, t.day] })],
);

/** Wrong guesses at a dossier's phone number, including guesses for codes that do not exist. */
export const trackingAttempts = pgTable("tracking_attempts", {
  code: text("code").primaryKey(),
  wrong: integer("wrong").notNull(),
  lockedUntil: instant("locked_until"),
});

/** The catalogue of administrative procedures (thủ tục hành chính). */
export const procedures = pgTable(
  "procedures",
  {
    code: text("code").primaryKey(),
    name: text("name").notNull(),
    agency: text("agency").$type<AgencyCode>().notNull(),
    /** Code and name without diacritics, for searching. */
    search: text("search").notNull(),
    facts: jsonb("facts").$type<ProcedureFacts>().notNull(),
  },
  (t) => [index("procedures_agency").on(t.agency, t.code)],
);

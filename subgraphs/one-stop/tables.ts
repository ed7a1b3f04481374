import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Refusal } from "../_shared/parts/procedure.ts";
import { communes } from "../_shared/registers/communes-table.ts";
import { packedJson } from "../_shared/registers/packed-json.ts";
import { SHORT_PENDING_LIST } from "../_shared/registers/pending-list.ts";
import { numbersIn, personalNumbers } from "../_shared/registers/personal-numbers.ts";
import { register } from "../_shared/registers/register.ts";
import type { AgencyCode } from "../agency-registry.ts";
import type { StoredLikeness } from "./casework/stored-likeness.ts";
import type { StoredClock } from "./clock/stored-clock.ts";
import type { StoredCertificate } from "./draft-certificates/stored-certificate.ts";
import { instant } from "./instant-column.ts";
import type { Marks, StoredSupplement } from "./saga/dossier.ts";
import { DELIVERY_STATES, type DossierState, type Instruction, type Outcome, STEP_STATES } from "./saga/state.ts";
import { IDS_OF_A_ROW, type StoredEntry } from "./saga/stored-history.ts";
import type { Work } from "./saga/work.ts";
import { holdingsColumn } from "./time-ledger/stored-holdings.ts";

export { communes };

/**
 * Terms under which the index finds a dossier: its words, those without a digit once more behind the code of its office, and the day
 * and the number of its code. An expression of the index alone, which takes no room in the rows.
 */
export const searchTerms = (t: { searchWords: AnyPgColumn; office: AnyPgColumn; code: AnyPgColumn }) =>
  sql`search_terms(${t.searchWords}, ${t.office}, ${t.code})`;

/** Condition for a suspended clock whose due date had passed before: `wasLateWhenStopped` in SQL. */
export const lateWhenStopped = (t: { dueAt: AnyPgColumn; clock: AnyPgColumn }) =>
  sql`${t.dueAt} < suspended_since(${t.clock})`;

/** Dossiers (hồ sơ), Decree 118/2025/NĐ-CP: one row for each acknowledged request. */
export const dossiers = pgTable(
  "dossiers",
  {
    id: uuid("id").primaryKey(),
    code: text("code").notNull().unique(),
    /** Subject of the token that submitted it. Owner and idempotency key identify a repeated submission. */
    owner: text("owner").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    /** Digest of the submission's body: see `storedHash`. */
    bodyHash: uuid("body_hash").notNull(),
    communeList: text("commune_list").notNull(),
    /** Commune code of the receiving office. */
    office: text("office").notNull(),
    province: text("province").notNull(),
    channel: text("channel").$type<"DESK" | "ONLINE" | "POST">().notNull(),
    /** Kind of dossier, and its version on the day of receipt: the dossier finishes under the same version. */
    definitionId: text("definition_id").notNull(),
    definitionVersion: integer("definition_version").notNull(),
    /** Code of the procedure or of the combination of procedures. */
    procedureCode: text("procedure_code").notNull(),
    /** Name of it; null where it is that of the pinned version. */
    procedureName: text("procedure_name"),
    state: text("state").$type<DossierState>().notNull(),
    outcome: text("outcome").$type<Outcome>(),
    returnsAtOnce: boolean("returns_at_once").notNull(),
    /** Traits of its papers that rates count, see `figures/paper-traits.ts`; null for a dossier of an earlier release, which they leave out. */
    paperTraits: smallint("paper_traits"),
    /** Business time. */
    receivedAt: instant("received_at").notNull(),
    dueAt: instant("due_at").notNull(),
    completedAt: instant("completed_at"),
    /** Business time of the last change. */
    updatedAt: instant("updated_at").notNull(),
    /** Suspensions and extensions of the whole dossier; null where there are none. */
    clock: jsonb("clock").$type<StoredClock>(),
    /** Draft certificate that the applicant confirms before the work begins; null where none is shown. */
    certificate: jsonb("certificate").$type<StoredCertificate>(),
    /** Revision of the clock's rules that made the due dates. */
    rulesRevision: integer("rules_revision").notNull().default(0),
    /** Business time at which the dossier has to be looked at next; null if it has ended. */
    deadlineAt: instant("deadline_at"),
    /** Deadlines that have been acted on. */
    marks: jsonb("marks").$type<Marks>().notNull().default({}),
    /** In whose hands the dossier has been, from its receipt on. */
    holdings: holdingsColumn("holdings").notNull().default(sql`'[]'`),
    applicantName: text("applicant_name").notNull(),
    applicantPersonalId: text("applicant_personal_id"),
    phoneLast4: text("phone_last4"),
    /** Person whom the dossier is about. */
    subjectName: text("subject_name"),
    /** Words under which it is found, each after a space but the first: see `searchWords` and `searchTerms`. Empty for old dossiers. */
    searchWords: text("search_words").notNull().default(""),
    /** Personal numbers of the parties: applicant, subject and the other persons concerned. */
    parties: personalNumbers("parties").notNull(),
    /** Grows with every change: a write based on an older revision is refused. */
    revision: integer("revision").notNull().default(0),
    /** Ended part of an earlier dossier that this one refiles. */
    refiledFrom: uuid("refiled_from").references((): AnyPgColumn => steps.id),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
  },
  (t) => [
    unique("dossiers_owner_key").on(t.owner, t.idempotencyKey),
    foreignKey({
      name: "dossiers_office",
      columns: [t.communeList, t.office],
      foreignColumns: [communes.list, communes.code],
    }),
    // without the id, by which only the dossiers of one instant are sorted: equal due dates of an office are stored once
    index("dossiers_office_due").on(t.office, t.dueAt),
    index("dossiers_office_received").on(t.office, t.receivedAt),
    // for whole provinces, where thousands are due on one day, and for officers of agencies that are bound to no place
    index("dossiers_due").on(t.dueAt, t.id),
    index("dossiers_received").on(t.receivedAt),
    // the newest dossiers are open: what was completed in a period is not searched among them
    index("dossiers_completed").on(t.receivedAt).where(sql`${t.completedAt} is not null`),
    // lists of what is late or still to be done do not read the ended dossiers, which are nearly all
    index("dossiers_open_office").on(t.office, t.dueAt, t.id).where(sql`${t.deadlineAt} is not null`),
    index("dossiers_open_due").on(t.dueAt, t.id).where(sql`${t.deadlineAt} is not null`),
    // of those alone that are late after their due date, so that they are counted in the index, without a look at each state
    index("dossiers_running_province")
      .on(t.province, t.dueAt, t.id)
      .where(sql`${t.deadlineAt} is not null and (${t.state} in ('RECEIVED', 'IN_PROGRESS') or ${lateWhenStopped(t)})`),
    index("dossiers_office_open")
      .on(t.office, t.state)
      .where(sql`${t.state} not in ('RETURNED', 'NOT_ACCEPTED', 'WITHDRAWN', 'STOPPED')`),
    index("dossiers_search_terms").using("gin", searchTerms(t)).with(SHORT_PENDING_LIST),
    index("dossiers_deadline").on(t.deadlineAt).where(sql`${t.deadlineAt} is not null`),
    index("dossiers_rules_revision").on(t.rulesRevision).where(sql`${t.deadlineAt} is not null`),
    uniqueIndex("dossiers_refiled_from").on(t.refiledFrom).where(sql`${t.refiledFrom} is not null`),
    index("dossiers_parties").using("gin", numbersIn(t.parties)).with(SHORT_PENDING_LIST),
  ],
);

const dossierId = () =>
  uuid("dossier_id")
    .notNull()
    .references(() => dossiers.id);

/** Request as normalized at acceptance. A separate table, because the dossier's row changes with every step. */
export const requests = register(
  pgTable("requests", {
    dossierId: uuid("dossier_id")
      .primaryKey()
      .references(() => dossiers.id),
    request: packedJson<object>("request").notNull(),
  }),
);

export const stepState = pgEnum("step_state", STEP_STATES);
export const stepDelivery = pgEnum("step_delivery", DELIVERY_STATES);

/**
 * Steps of a dossier's saga. Steps with `part` are the parts of the dossier. The id is the agency's idempotency key. Columns of
 * fixed size come first, by their alignment, so that no row has a gap.
 */
export const steps = pgTable(
  "steps",
  {
    /** Business time of the first delivery. */
    firstSentAt: instant("first_sent_at"),
    /** Business time at which the step's term began. */
    releasedAt: instant("released_at"),
    dueAt: instant("due_at"),
    completedAt: instant("completed_at"),
    nextAttemptAt: instant("next_attempt_at"),
    /** End of the lease, by the database's clock. The worker that wrote `fencing_token` holds it. */
    leaseUntil: instant("lease_until"),
    fencingToken: integer("fencing_token").notNull().default(0),
    attempts: integer("attempts").notNull().default(0),
    failures: integer("failures").notNull().default(0),
    state: stepState("state").notNull(),
    delivery: stepDelivery("delivery").notNull(),
    ordinal: smallint("ordinal").notNull(),
    part: boolean("part").notNull(),
    id: uuid("id").primaryKey(),
    dossierId: dossierId(),
    resultId: uuid("result_id"),
    resultType: text("result_type"),
    key: text("key").notNull(),
    agency: text("agency").$type<AgencyCode>().notNull(),
    procedure: text("procedure").notNull(),
    /** Office whose officers work on it: its work list reads its own parts alone. Nearly always that of the dossier. */
    office: text("office").notNull(),
    facts: packedJson<Record<string, string>>("facts"),
    /** Next work of a worker for this step, or null. Rows with work are the outbox. */
    work: text("work").$type<Work>(),
    /** Instruction of a person that the agency has not answered yet. */
    instruction: text("instruction").$type<Instruction>(),
    /** Officer who works on the part. */
    claimedBy: text("claimed_by"),
    claimedName: text("claimed_name"),
    /** Officer who decided the part. */
    decidedBy: text("decided_by"),
    decidedName: text("decided_name"),
    /** Suspensions and extensions of the step; null where there are none. */
    clock: jsonb("clock").$type<StoredClock>(),
    refusal: jsonb("refusal").$type<Refusal>(),
    supplement: jsonb("supplement").$type<StoredSupplement>(),
    /** Entries of the agency's register that an officer compares before a grant. */
    likenesses: jsonb("likenesses").$type<StoredLikeness[]>(),
  },
  (t) => [
    // equal keys are stored once; acceptance alone inserts steps, with the keys of the definition, which are distinct
    index("steps_of_dossier").on(t.dossierId),
    index("steps_work").on(t.nextAttemptAt).where(sql`${t.work} is not null`),
    index("steps_open")
      .on(t.agency, t.dueAt, t.id)
      .where(sql`${t.part} and ${t.state} in ('PROCESSING', 'SUPPLEMENT_NEEDED')`),
    index("steps_open_office")
      .on(t.office, t.agency, t.dueAt, t.id)
      .where(sql`${t.part} and ${t.state} in ('PROCESSING', 'SUPPLEMENT_NEEDED')`),
    index("steps_claimed_by").on(t.claimedBy, t.dossierId).where(sql`${t.claimedBy} is not null`),
    index("steps_decided_by").on(t.decidedBy, t.dossierId).where(sql`${t.decidedBy} is not null`),
  ],
);

/** Condition for open parts: in the words of the indexes of open parts, since PostgreSQL does not know the values of a prepared query. */
export const IS_OPEN_PART = sql`${steps.part} and ${steps.state} in ('PROCESSING', 'SUPPLEMENT_NEEDED')`;

/** Events of a dossier, in order: those of one change in one row. Append-only. */
export const history = register(
  pgTable(
    "history",
    {
      /** Numbered by the database alone, while its dossier is locked: the order of the stream of changes. */
      id: bigint("id", { mode: "number" }).notNull().generatedAlwaysAsIdentity({ increment: IDS_OF_A_ROW }),
      dossierId: dossierId(),
      /** Business time. */
      at: instant("at").notNull(),
      entries: packedJson<readonly StoredEntry[]>("entries").notNull(),
    },
    (t) => [
      // equal keys are stored once: a fifth of an index that has the number too
      index("history_of_dossier").on(t.dossierId),
      // rows stand in the order of their numbers: an entry for 32 pages finds them
      index("history_number").using("brin", t.id).with({ pages_per_range: 32 }),
    ],
  ),
);

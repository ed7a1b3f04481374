import { and, eq, inArray, sql } from "drizzle-orm";
import type { PgInsertValue } from "drizzle-orm/pg-core";
import { uuidv7 } from "uuidv7";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import type { Caller } from "../../_shared/identity/caller.ts";
import { COMMUNE_LIST, commune } from "../../_shared/reference/communes.ts";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { officeAgencyCode } from "../../_shared/reference/offices.ts";
import { foldName } from "../../_shared/reference/person-names.ts";
import { type Database, type OpenDatabase, type Tx, violatedUnique } from "../../_shared/serving/database.ts";
import type { BirthRequest } from "../bundles/birth/request.ts";
import type { BundleDefinition } from "../bundles/birth/versions.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import { planDueDates } from "../definitions/due.ts";
import type { LiveDossier, StoredStep } from "../saga/dossier.ts";
import type { Claim } from "../saga/store.ts";
import { transition } from "../saga/transition.ts";
import { childKeys, dossiers, history, requests, steps } from "../tables.ts";

export type Acceptance = {
  request: BirthRequest;
  definition: BundleDefinition;
  caller: Caller;
  idempotencyKey: string;
  bodyHash: string;
  now: Date;
  verified: boolean;
  /** Whether the accepting process delivers the first step itself, at once. */
  claimFirst: boolean;
};
export type Accepted = { kind: "ACCEPTED"; dossier: LiveDossier; claims: Claim[] };
export type Known = { kind: "KNOWN"; id: string; code: string; sameBody: boolean };
export type ChildTaken = { kind: "CHILD_TAKEN"; code: string | null };

/** Thrown inside the transaction so that nothing of it stays. */
class ChildIsTaken extends Error {}

/** The dossier that this owner opened with this key, if any. */
export async function knownByKey(db: Database, owner: string, key: string, hash: string): Promise<Known | null> {
  const [row] = await db
    .select({ id: dossiers.id, code: dossiers.code, bodyHash: dossiers.bodyHash })
    .from(dossiers)
    .where(and(eq(dossiers.owner, owner), eq(dossiers.idempotencyKey, key)));
  return row ? { kind: "KNOWN", id: row.id, code: row.code, sameBody: row.bodyHash === hash } : null;
}

/**
 * Makes a request durable: dossier, steps, history, the record of the change and the child's key in one transaction. When
 * this returns ACCEPTED, the request is never lost; when the same came first, it says so and nothing was written.
 */
export async function accept(
  database: OpenDatabase,
  configuration: OneStopConfiguration,
  acceptance: Acceptance,
): Promise<Accepted | Known | ChildTaken> {
  const { caller, idempotencyKey, bodyHash } = acceptance;
  for (;;) {
    const code = await nextCode(database, configuration, acceptance);
    const opened = openDossier(code, configuration, acceptance);
    try {
      await database.db.transaction(async (tx) => {
        await insert(tx, opened, acceptance);
        await configuration.failpoints("before-commit", "ACCEPT");
      });
      await configuration.failpoints("after-commit", "ACCEPT");
      return { kind: "ACCEPTED", dossier: opened.live, claims: opened.claims };
    } catch (error) {
      const known = await knownByKey(database.db, caller.subject, idempotencyKey, bodyHash);
      if (known) return known;
      if (error instanceof ChildIsTaken)
        return { kind: "CHILD_TAKEN", code: await holderOfChild(database.db, opened.keys) };
      if (violatedUnique(error) !== "dossiers_code_unique") throw error;
      await raiseCounter(database, code); // the counter does not wait for the disk and may have slipped back in a crash
    }
  }
}

type Opened = {
  row: typeof dossiers.$inferInsert;
  steps: PgInsertValue<typeof steps>[];
  live: LiveDossier;
  claims: Claim[];
  keys: string[];
  entries: (typeof history.$inferInsert)[];
};

function openDossier(code: string, configuration: OneStopConfiguration, acceptance: Acceptance): Opened {
  const { request, definition, caller, now } = acceptance;
  const id = uuidv7();
  const due = planDueDates(definition, now, acceptance.verified);
  const { method, paperCopies } = request.handover;
  const blank: LiveDossier = {
    id,
    code,
    revision: 0,
    owner: caller.subject,
    office: request.office,
    receivedAt: now,
    state: "RECEIVED",
    outcome: null,
    returnsAtOnce: method === "ELECTRONIC" && paperCopies === 0,
    definition,
    request,
    steps: definition.steps.map((step) => blankStep(step, due.steps[step.key])),
  };
  const begun = transition(blank, [{ kind: "ACCEPTED" }], null, {
    now,
    chance: 0,
    paces: configuration.paces,
    actor: caller.role,
    claimFollowUps: acceptance.claimFirst,
  });
  const changed = new Map(begun.steps.map((step) => [step.id, step]));
  const after = blank.steps.map((step) => changed.get(step.id) ?? { ...step, afterMs: null, claim: false });
  const token = (claimed: boolean) => (claimed ? 1 : 0);
  const live = {
    ...blank,
    state: begun.state,
    steps: after.map(({ afterMs, claim, ...s }) => ({ ...s, token: token(claim) })),
  };
  return {
    live,
    claims: after.flatMap((s) =>
      s.claim ? [{ dossierId: id, stepId: s.id, key: s.key, token: 1, work: "DELIVER" as const }] : [],
    ),
    keys: childKeysOf(request),
    entries: begun.history.map((entry) => ({ dossierId: id, at: now, ...entry })),
    steps: after.map(({ afterMs, claim, dueAt, completedAt, ...step }, ordinal) => ({
      ...step,
      dossierId: id,
      ordinal,
      part: definition.steps[ordinal]?.part ?? false,
      dueAt: dueAt ? new Date(dueAt) : null,
      completedAt: null,
      nextAttemptAt: step.work ? sql`now()` : null,
      leaseUntil: claim ? sql`now() + ${configuration.leaseMs} * interval '1 millisecond'` : null,
      token: token(claim),
    })),
    row: {
      ...{ id, code, owner: caller.subject, idempotencyKey: acceptance.idempotencyKey, bodyHash: acceptance.bodyHash },
      ...{ communeList: COMMUNE_LIST, office: request.office, province: commune(request.office)?.province ?? "" },
      ...{ channel: request.channel, bundleId: definition.id, bundleVersion: definition.version },
      ...{ bundleCode: definition.code, bundleName: definition.name, state: live.state, outcome: null },
      ...{ returnsAtOnce: live.returnsAtOnce, receivedAt: now, dueAt: due.dossier },
      applicantName: request.declarant.fullName,
      applicantPersonalId: request.declarant.personalId,
      phoneLast4: request.declarant.phone?.slice(-4) ?? null,
      parties: partiesOf(request, caller),
    },
  };
}

function blankStep(step: BundleDefinition["steps"][number], due: Date | undefined): StoredStep {
  return {
    ...{ id: uuidv7(), key: step.key, agency: step.agency, procedure: step.procedure },
    ...{ state: "BLOCKED", delivery: "QUEUED", attempts: 0, failures: 0, completedAt: null },
    dueAt: step.part && due ? due.toISOString() : null,
    ...{ refusal: null, supplement: null, resultType: null, resultId: null, facts: null, work: null, token: 0 },
  };
}

async function insert(tx: Tx, opened: Opened, { caller, request }: Acceptance): Promise<void> {
  const [, taken] = await Promise.all([
    tx.insert(dossiers).values(opened.row).execute(),
    tx
      .insert(childKeys)
      .values(opened.keys.map((key) => ({ key, dossierId: opened.live.id })))
      .onConflictDoNothing()
      .returning({ key: childKeys.key })
      .execute(),
  ]);
  if (taken.length < opened.keys.length) throw new ChildIsTaken();
  const who = { ...caller, purpose: opened.live.code };
  await Promise.all([
    tx.insert(requests).values({ dossierId: opened.live.id, request }).execute(),
    tx.insert(steps).values(opened.steps).execute(),
    tx.insert(history).values(opened.entries).execute(),
    recordChange(tx, who, opened.row.parties, ["Dossier"]),
  ]);
}

/** A citizen who submits is a party, too: the dossier is found again by who opened it. */
function partiesOf({ declarant, mother, father }: BirthRequest, caller: Caller): string[] {
  const submitter = caller.role === "citizen" ? (caller.personalId ?? null) : null;
  const numbers = [declarant.personalId, mother.personalId, father?.personalId ?? null, submitter];
  return [...new Set(numbers.filter((number) => number !== null))];
}

/**
 * What makes two requests the same child, as far as the desk can tell: the birth notice, or mother, day and order where
 * there is none or where an order is given. The register of births has the last word.
 */
export function childKeysOf({ child, mother }: BirthRequest): string[] {
  const notice = child.birthNotice ? [`notice:${child.birthNotice}`] : [];
  if (notice.length > 0 && !child.multipleBirth) return notice;
  const who = mother.personalId ?? `${foldName(mother.fullName)}|${mother.dateOfBirth}|${mother.nationality}`;
  return [...notice, `child:${who}|${child.dateOfBirth}|${child.multipleBirth?.order ?? 1}`];
}

/** The code of a dossier that one of these keys belongs to, if there is any. */
export async function holderOfChild(db: Database, keys: string[]): Promise<string | null> {
  const [row] = await db
    .select({ code: dossiers.code })
    .from(childKeys)
    .innerJoin(dossiers, eq(dossiers.id, childKeys.dossierId))
    .where(inArray(childKeys.key, keys))
    .limit(1);
  return row?.code ?? null;
}

function codePrefix(configuration: OneStopConfiguration, office: string, day: LegalDay): string {
  return `${officeAgencyCode(office, configuration.officeCodes)}-${day.slice(2).replaceAll("-", "")}`;
}

/** The next code of the office's day, `H13.155-261122-0001`; numbers may be skipped, never given twice. */
async function nextCode(
  database: OpenDatabase,
  configuration: OneStopConfiguration,
  { request, now }: Acceptance,
): Promise<string> {
  const day = legalDayOf(now);
  const agencyCode = officeAgencyCode(request.office, configuration.officeCodes);
  const [row] = await database.relaxed<{ last: number }[]>`
    insert into code_counters (agency_code, day, last) values (${agencyCode}, ${day}, 1)
    on conflict (agency_code, day) do update set last = code_counters.last + 1 returning last`;
  return `${codePrefix(configuration, request.office, day)}-${String(row?.last ?? 1).padStart(4, "0")}`;
}

/** Brings a counter that slipped back in a crash beyond the codes that are in use. */
async function raiseCounter(database: OpenDatabase, usedCode: string): Promise<void> {
  const prefix = usedCode.slice(0, usedCode.lastIndexOf("-"));
  const agencyCode = prefix.slice(0, prefix.lastIndexOf("-"));
  const day = `20${prefix.slice(-6, -4)}-${prefix.slice(-4, -2)}-${prefix.slice(-2)}`;
  await database.sql`
    update code_counters set last = greatest(last, (
      select coalesce(max(split_part(code, '-', 3)::int), 0) from dossiers where code like ${`${prefix}-%`}))
     where agency_code = ${agencyCode} and day = ${day}`;
}

import { and, eq, isNull, sql } from "drizzle-orm";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { type OpenDatabase, type Tx, violatedUnique } from "../../_shared/serving/database.ts";
import { dossierAttachments } from "../attachments/tables.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import { payments } from "../payments/tables.ts";
import type { LiveDossier } from "../saga/dossier.ts";
import type { Lease } from "../saga/store.ts";
import { storedEntries } from "../saga/stored-history.ts";
import { dossiers, history, requests, steps } from "../tables.ts";
import { nextCode, raiseCounter } from "./dossier-codes.ts";
import { holderOfKeys } from "./duplicate-keys.ts";
import { type KnownDossier, knownByKey } from "./known-dossier.ts";
import { type Acceptance, type OpenedDossier, openDossier, type Refiles } from "./opening.ts";
import type { Problem } from "./problems.ts";
import { duplicateKeys, reservedCodes } from "./tables.ts";

type Accepted = { kind: "ACCEPTED"; dossier: LiveDossier; leases: Lease[] };
/** Another dossier holds a key of the case. */
type Duplicate = { kind: "DUPLICATE"; code: string | null };
/** Another dossier has the reserved code, or it has become void. */
type CodeGone = { kind: "CODE_GONE" };
/** Another dossier refiles the same part. */
type Refiled = { kind: "REFILED" };
/** A write alongside the dossier was not possible. */
type Forestalled = { kind: "FORESTALLED"; problem: Problem };

/** Thrown inside the transaction to roll it back. */
class KeyIsTaken extends Error {}
class CodeIsGone extends Error {}
class IsForestalled extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

/**
 * Makes a request durable in one transaction: dossier, steps, history, audit record and duplicate keys. A request for which
 * this returns ACCEPTED is never lost. Nothing is written for KNOWN and DUPLICATE.
 */
export async function accept(
  database: OpenDatabase,
  configuration: OneStopConfiguration,
  acceptance: Acceptance,
): Promise<Accepted | KnownDossier | Duplicate | CodeGone | Refiled | Forestalled> {
  const { application, caller, idempotencyKey, bodyHash, now, reservedCode } = acceptance;
  for (;;) {
    const code = reservedCode ?? (await nextCode(database, configuration, application.office, now));
    const opened = openDossier(code, configuration, acceptance);
    try {
      await database.db.transaction(async (tx) => {
        await insert(tx, opened, acceptance);
        await configuration.failpoints("before-commit", "ACCEPT");
      });
      await configuration.failpoints("after-commit", "ACCEPT");
      return { kind: "ACCEPTED", dossier: opened.live, leases: opened.leases };
    } catch (error) {
      const known = await knownByKey(database.db, caller.subject, idempotencyKey, bodyHash);
      if (known) return known;
      if (error instanceof KeyIsTaken)
        return { kind: "DUPLICATE", code: await holderOfKeys(database.db, opened.duplicateKeys) };
      if (error instanceof CodeIsGone) return { kind: "CODE_GONE" };
      if (error instanceof IsForestalled) return { kind: "FORESTALLED", problem: error.problem };
      const violated = violatedUnique(error);
      if (violated === "dossiers_refiled_from") return { kind: "REFILED" };
      if (violated !== "dossiers_code_unique") throw error;
      if (reservedCode) return { kind: "CODE_GONE" };
      await raiseCounter(database, code); // the counter commits asynchronously and can lose its last numbers in a crash
    }
  }
}

async function insert(
  tx: Tx,
  opened: OpenedDossier,
  { caller, request, reservedCode, refiles, now, application, alongside }: Acceptance,
): Promise<void> {
  const { live, row } = opened;
  await Promise.all([tx.insert(dossiers).values(row).execute(), takeKeys(tx, opened)]);
  await keepAttachments(tx, live.id, application.attachments ?? []);
  if (reservedCode) await takeReservedCode(tx, reservedCode, live.id, now);
  if (refiles) await recordRefiling(tx, refiles, { code: live.code, role: caller.role, now });
  for (const write of alongside) {
    const problem = await write(tx, live.id);
    if (problem) throw new IsForestalled(problem);
  }
  await Promise.all([
    tx.insert(requests).values({ dossierId: live.id, request }).execute(),
    ...(opened.payment ? [tx.insert(payments).values(opened.payment).execute()] : []),
    tx.insert(steps).values(opened.steps).execute(),
    tx
      .insert(history)
      .values({ dossierId: live.id, at: now, entries: storedEntries(opened.entries) })
      .execute(),
    recordChange(tx, { ...caller, purpose: live.code }, row.parties, ["Dossier"]),
  ]);
}

async function keepAttachments(tx: Tx, dossierId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = [...new Set(ids)].map((attachment) => ({ attachment, dossierId }));
  await tx.insert(dossierAttachments).values(rows).execute();
}

/** Tells the earlier dossier, in its history, by which dossier its part was refiled. */
async function recordRefiling(
  tx: Tx,
  { part, dossier }: Refiles,
  { code, role, now }: { code: string; role: string; now: Date },
): Promise<void> {
  await tx
    .update(dossiers)
    .set({ revision: sql`${dossiers.revision} + 1`, updatedAt: now })
    .where(eq(dossiers.id, dossier))
    .execute();
  const [step] = await tx
    .select({ key: steps.key, state: steps.state })
    .from(steps)
    .where(eq(steps.id, part))
    .execute();
  if (!step) throw new Error(`Part ${part} is missing`);
  const note = `Phần việc đã được nộp lại bằng hồ sơ ${code}`;
  const entries = storedEntries([{ stepKey: step.key, state: step.state, actor: role, note }]);
  await tx.insert(history).values({ dossierId: dossier, at: now, entries }).execute();
}

/** @throws CodeIsGone if the code is used or void */
async function takeReservedCode(tx: Tx, code: string, dossierId: string, usedAt: Date): Promise<void> {
  const isFree = and(eq(reservedCodes.code, code), isNull(reservedCodes.dossierId), isNull(reservedCodes.voidAt));
  const taken = await tx
    .update(reservedCodes)
    .set({ dossierId, usedAt })
    .where(isFree)
    .returning({ code: reservedCodes.code })
    .execute();
  if (taken.length === 0) throw new CodeIsGone();
}

/** @throws KeyIsTaken if another dossier holds one of the keys */
async function takeKeys(tx: Tx, { live, duplicateKeys: keys }: OpenedDossier): Promise<void> {
  if (keys.length === 0) return;
  const taken = await tx
    .insert(duplicateKeys)
    .values(keys.map((key) => ({ key, dossierId: live.id })))
    .onConflictDoNothing()
    .returning({ key: duplicateKeys.key })
    .execute();
  if (taken.length < keys.length) throw new KeyIsTaken();
}

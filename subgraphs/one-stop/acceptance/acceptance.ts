import { recordChange } from "../../_shared/access-log/recorder.ts";
import { type OpenDatabase, type Tx, violatedUnique } from "../../_shared/serving/database.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import type { LiveDossier } from "../saga/dossier.ts";
import type { Lease } from "../saga/store.ts";
import { dossiers, duplicateKeys, history, requests, steps } from "../tables.ts";
import { nextCode, raiseCounter } from "./dossier-codes.ts";
import { holderOfKeys } from "./duplicate-keys.ts";
import { type KnownDossier, knownByKey } from "./idempotency.ts";
import { type Acceptance, type OpenedDossier, openDossier } from "./opening.ts";

type Accepted = { kind: "ACCEPTED"; dossier: LiveDossier; leases: Lease[] };
/** Another dossier holds a key of the case. */
type Duplicate = { kind: "DUPLICATE"; code: string | null };

/** Thrown inside the transaction, so that it is rolled back. */
class KeyIsTaken extends Error {}

/**
 * Makes a request durable in one transaction: dossier, steps, history, audit record and duplicate keys. A request for which
 * this returns ACCEPTED is never lost. Nothing is written for KNOWN and DUPLICATE.
 */
export async function accept(
  database: OpenDatabase,
  configuration: OneStopConfiguration,
  acceptance: Acceptance,
): Promise<Accepted | KnownDossier | Duplicate> {
  const { application, caller, idempotencyKey, bodyHash, now } = acceptance;
  for (;;) {
    const code = await nextCode(database, configuration, application.office, now);
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
      if (violatedUnique(error) !== "dossiers_code_unique") throw error;
      await raiseCounter(database, code); // the counter commits asynchronously and can lose its last numbers in a crash
    }
  }
}

async function insert(tx: Tx, opened: OpenedDossier, { caller, request }: Acceptance): Promise<void> {
  const { live, row } = opened;
  await Promise.all([tx.insert(dossiers).values(row).execute(), takeKeys(tx, opened)]);
  await Promise.all([
    tx.insert(requests).values({ dossierId: live.id, request }).execute(),
    tx.insert(steps).values(opened.steps).execute(),
    tx.insert(history).values(opened.entries).execute(),
    recordChange(tx, { ...caller, purpose: live.code }, row.parties, ["Dossier"]),
  ]);
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

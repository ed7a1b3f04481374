import { randomBytes, randomInt, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type postgres from "postgres";
import type { OpenSupplement } from "./open-supplement.ts";

const DIGITS = 6;
/** Wrong attempts that make the codes of a dossier void: a guesser finds one of a few codes in 1 of 25,000 dossiers. */
const MOST_WRONG = 10;
/** Longest life of a code; a supplement with a term ends it earlier. */
const LIFETIME_MS = 14 * 86_400_000;
const HASH_BYTES = 32;

const hashOf = promisify<string, string, number, Buffer>(scrypt);

/** Makes the code of a message's delivery. A delivery that is repeated gets another one in place of the first. */
export async function newAnswerCode(
  sql: postgres.Sql,
  { deliveryId, dossierId, now }: { deliveryId: string; dossierId: string; now: Date },
  { key, dueAt }: OpenSupplement,
): Promise<string> {
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0");
  const salt = randomBytes(16).toString("base64url");
  const hash = (await hashOf(code, salt, HASH_BYTES)).toString("base64url");
  const expiresAt = new Date(Math.min(dueAt?.getTime() ?? Number.POSITIVE_INFINITY, now.getTime() + LIFETIME_MS));
  await sql`
    insert into answer_codes (dossier_id, delivery_id, supplement, salt, hash, expires_at)
    values (${dossierId}, ${deliveryId}, ${key}, ${salt}, ${hash}, ${expiresAt})
    on conflict (delivery_id) do update set
      supplement = excluded.supplement, salt = excluded.salt, hash = excluded.hash, wrong = 0, expires_at = excluded.expires_at`;
  return code;
}

type StoredCode = { id: string; salt: string; hash: string; supplement: string };
export type AnswerCode = { id: string; supplement: string };

/** The live code of a dossier that a person has given. An attempt counts as wrong before it is compared, so that none at once is missed. */
export async function findAnswerCode(
  sql: postgres.Sql,
  dossierId: string,
  given: string,
  now: Date,
): Promise<AnswerCode | null> {
  const codes = await sql<StoredCode[]>`
    update answer_codes set wrong = wrong + 1
     where dossier_id = ${dossierId} and expires_at > ${now} and wrong < ${MOST_WRONG} returning id, salt, hash, supplement`;
  const compared = await Promise.all(codes.map(async (code) => ((await isSame(code, given)) ? code : null)));
  const found = compared.find((code) => code !== null);
  if (!found) return null;
  await sql`update answer_codes set wrong = wrong - 1 where id in ${sql(codes.map(({ id }) => id))}`;
  return { id: found.id, supplement: found.supplement };
}

async function isSame({ salt, hash }: StoredCode, given: string): Promise<boolean> {
  return timingSafeEqual(await hashOf(given, salt, HASH_BYTES), Buffer.from(hash, "base64url"));
}

/** True if a message has told a code for this supplement that still holds. */
export async function hasAnswerCode(
  sql: postgres.Sql,
  dossierId: string,
  { key }: OpenSupplement,
  now: Date,
): Promise<boolean> {
  const live = await sql`
    select 1 from answer_codes where dossier_id = ${dossierId} and supplement = ${key} and expires_at > ${now}
       and wrong < ${MOST_WRONG} limit 1`;
  return live.length > 0;
}

/** Removes codes that have expired. */
export async function removeExpiredAnswerCodes(sql: postgres.Sql, now: Date): Promise<void> {
  await sql`delete from answer_codes where expires_at <= ${now}`;
}

import { randomInt } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Tx } from "../../_shared/serving/database.ts";
import type { OneStopContext } from "../loaders.ts";
import { draftAttempts } from "./tables.ts";

/** Omits 0, 1, I, L, O and U, which people confuse when they read a code aloud or copy it by hand. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Eight characters are 6.5 × 10¹¹ codes. */
const LENGTH = 8;
const WRONG_ALLOWED = 20;

export function newDraftCode(): string {
  const characters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)] ?? "");
  return grouped(characters.join(""));
}

/** Stored form of a typed code: letters of any case, with or without the hyphen. */
export function draftCodeOf(typed: string): string {
  return grouped(typed.toUpperCase().replace(/[\s-]/g, ""));
}

function grouped(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

type Attempt<T> = { found: T | null } | { lockedSeconds: number };

/**
 * Looks up a typed code for a caller and counts it if it is wrong. Twenty wrong codes within an hour are allowed. The attempts
 * of a caller wait for each other at their row, so that concurrent guesses count and correct codes do not.
 */
export async function attempt<T>(
  { db, caller: { subject } }: Pick<OneStopContext, "db" | "caller">,
  lookUp: (tx: Tx) => Promise<T | undefined>,
): Promise<Attempt<T>> {
  const isMine = eq(draftAttempts.subject, subject);
  const isOver = sql`${draftAttempts.since} < now() - interval '1 hour'`;
  return db.transaction(async (tx) => {
    const [counted] = await tx
      .insert(draftAttempts)
      .values({ subject, wrong: 0, since: sql`now()` })
      .onConflictDoUpdate({
        target: draftAttempts.subject,
        set: {
          wrong: sql`case when ${isOver} then 0 else ${draftAttempts.wrong} end`,
          since: sql`case when ${isOver} then now() else ${draftAttempts.since} end`,
        },
      })
      .returning({
        wrong: draftAttempts.wrong,
        seconds: sql<number>`ceil(extract(epoch from ${draftAttempts.since} + interval '1 hour' - now()))::int`,
      });
    if (counted && counted.wrong >= WRONG_ALLOWED) return { lockedSeconds: Math.max(counted.seconds, 1) };
    const found = await lookUp(tx);
    if (found === undefined)
      await tx
        .update(draftAttempts)
        .set({ wrong: sql`${draftAttempts.wrong} + 1` })
        .where(isMine);
    return { found: found ?? null };
  });
}

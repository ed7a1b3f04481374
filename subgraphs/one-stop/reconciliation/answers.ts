import { setTimeout as sleep } from "node:timers/promises";
import type { StoredAnswer } from "../../_shared/parts/procedure.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import { type Agencies, NotAnswered, type Purpose } from "../saga/agencies.ts";
import type { ComparedDossier } from "./comparison.ts";

/** In whose name the comparison asks; what changes a register names the dossier, too. */
export const PURPOSE: Purpose = { onBehalfOf: "operator:reconcile" };

const PARTS_IN_ONE_CALL = 100;
const CALLS_AT_ONCE = 4;
const TRIES = 3;

/** Asks agencies patiently; who stays silent is not asked again, and is remembered with what could not be compared. */
export type Inquiry = {
  silent: Map<AgencyCode, { reason: string; parts: number }>;
  statuses(dossiers: readonly ComparedDossier[]): Promise<Map<string, StoredAnswer | null>>;
  /** @returns undefined if the agency stays silent */
  ask<T>(agency: AgencyCode, parts: number, question: () => Promise<T>): Promise<T | undefined>;
};

export function inquiry(agencies: Agencies): Inquiry {
  const silent: Inquiry["silent"] = new Map();

  async function ask<T>(agency: AgencyCode, parts: number, question: () => Promise<T>): Promise<T | undefined> {
    for (let attempt = 1; ; attempt++) {
      const known = silent.get(agency);
      if (known) {
        known.parts += parts;
        return undefined;
      }
      try {
        return await question();
      } catch (error) {
        if (!(error instanceof NotAnswered)) throw error;
        if (attempt < TRIES) await sleep(200 * attempt);
        else if (!silent.has(agency)) silent.set(agency, { reason: error.message, parts: 0 });
      }
    }
  }

  return {
    silent,
    ask,
    async statuses(dossiers) {
      const answers = new Map<string, StoredAnswer | null>();
      const calls = callsFor(dossiers);
      await inParallel(calls, CALLS_AT_ONCE, async ({ agency, ids }) => {
        const found = await ask(agency, ids.length, () => agencies.statuses(agency, ids, PURPOSE));
        if (found) for (const [index, id] of ids.entries()) answers.set(id, found[index] ?? null);
      });
      return answers;
    },
  };
}

function callsFor(dossiers: readonly ComparedDossier[]): { agency: AgencyCode; ids: string[] }[] {
  const byAgency = new Map<AgencyCode, string[]>();
  for (const { agency, id } of dossiers.flatMap((dossier) => dossier.steps)) {
    byAgency.set(agency, [...(byAgency.get(agency) ?? []), id]);
  }
  return [...byAgency].flatMap(([agency, ids]) =>
    Array.from({ length: Math.ceil(ids.length / PARTS_IN_ONE_CALL) }, (_, page) => ({
      agency,
      ids: ids.slice(page * PARTS_IN_ONE_CALL, (page + 1) * PARTS_IN_ONE_CALL),
    })),
  );
}

/** Works on all items, on at most `limit` at a time. */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: limit }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}

import { setTimeout as sleep } from "node:timers/promises";
import type { StoredAnswer } from "../../_shared/parts/procedure.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { Agencies } from "../saga/agency-client.ts";
import { NotAnswered, type Purpose } from "../saga/agency-requests.ts";
import type { ComparedDossier } from "./comparison.ts";

/** Purpose of the status queries; calls that change a register also name the dossier. */
export const PURPOSE: Purpose = { onBehalfOf: "operator:reconcile" };

const PARTS_IN_ONE_CALL = 100;
const CALLS_AT_ONCE = 4;
const MAX_ATTEMPTS = 3;

/** Asks agencies with retries. An unresponsive agency is not asked again; its parts that cannot be compared are counted. */
export type Inquiry = {
  unresponsive: Map<AgencyCode, { reason: string; parts: number }>;
  statuses(dossiers: readonly ComparedDossier[]): Promise<Map<string, StoredAnswer | null>>;
  /** @returns undefined if the agency is unresponsive */
  ask<T>(agency: AgencyCode, parts: number, question: () => Promise<T>): Promise<T | undefined>;
};

export function inquiry(agencies: Agencies): Inquiry {
  const unresponsive: Inquiry["unresponsive"] = new Map();

  async function ask<T>(agency: AgencyCode, parts: number, question: () => Promise<T>): Promise<T | undefined> {
    for (let attempt = 1; ; attempt++) {
      const known = unresponsive.get(agency);
      if (known) {
        known.parts += parts;
        return undefined;
      }
      try {
        return await question();
      } catch (error) {
        if (!(error instanceof NotAnswered)) throw error;
        if (attempt < MAX_ATTEMPTS) await sleep(200 * attempt);
        else if (!unresponsive.has(agency)) unresponsive.set(agency, { reason: error.message, parts: 0 });
      }
    }
  }

  return {
    unresponsive,
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
  const asked = dossiers.flatMap(({ steps }) => steps.filter(({ byOfficers }) => !byOfficers));
  for (const { agency, id } of asked) {
    byAgency.set(agency, [...(byAgency.get(agency) ?? []), id]);
  }
  return [...byAgency].flatMap(([agency, ids]) =>
    Array.from({ length: Math.ceil(ids.length / PARTS_IN_ONE_CALL) }, (_, page) => ({
      agency,
      ids: ids.slice(page * PARTS_IN_ONE_CALL, (page + 1) * PARTS_IN_ONE_CALL),
    })),
  );
}

/** Runs `work` for all items, at most `limit` at a time. */
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

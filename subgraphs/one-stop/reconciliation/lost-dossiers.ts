import type postgres from "postgres";
import type { ReceivedPart } from "../../_shared/parts/received.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { DossierKinds } from "../definitions/kind.ts";
import type { Agencies } from "../saga/agencies.ts";
import { type Inquiry, inParallel, PURPOSE } from "./answers.ts";
import { type DossierStore, idsOf, knownCodes, type Range, reserveCode, unknownParts } from "./dossiers.ts";
import type { Settled } from "./findings.ts";

const PARTS_IN_A_PAGE = 1_000;

/**
 * Parts that agencies have and the desk does not: its database was restored from an older backup, and the requests are
 * gone. Nothing can be resumed; but the codes are kept from being given again.
 */
export async function findLostDossiers(
  { sql, kinds, agencies }: DossierStore & { agencies: Agencies },
  asking: Inquiry,
  { range, dryRun }: { range: Range; dryRun: boolean },
  tell: { found(finding: Settled): void; listed(parts: number): void },
): Promise<void> {
  const { after: first, before } = idsOf(range);
  const deciding = decidingAgencies(kinds);
  await inParallel(deciding, deciding.length, async (agency) => {
    for (let after = first; ; ) {
      const from = after;
      const page = await asking.ask(agency, 0, () => agencies.received(agency, from, PARTS_IN_A_PAGE, PURPOSE));
      const parts = (page ?? []).filter(({ id }) => id < before);
      for (const finding of await lostOnes(sql, agency, parts)) {
        if (!dryRun && finding.dossier) await reserveCode(sql, finding.dossier);
        tell.found(finding);
      }
      tell.listed(parts.length);
      const last = parts.at(-1);
      if (!last || parts.length < PARTS_IN_A_PAGE) return;
      after = last.id;
    }
  });
}

/** Agencies to which dossiers send parts. */
function decidingAgencies({ all }: DossierKinds): AgencyCode[] {
  const steps = all.flatMap(({ versions }) => versions.flatMap((version) => version.steps));
  return [...new Set(steps.map(({ agency }) => agency))];
}

async function lostOnes(sql: postgres.Sql, agency: AgencyCode, parts: readonly ReceivedPart[]): Promise<Settled[]> {
  const unknown = await unknownParts(
    sql,
    parts.map(({ id }) => id),
  );
  // a tombstone says that nothing was done: nothing is lost with it
  const lost = parts.filter(({ id, state }) => unknown.has(id) && state !== "CANCELLED");
  const codes = await knownCodes(
    sql,
    lost.flatMap(({ dossier }) => dossier ?? []),
  );
  return lost.map(({ id, dossier, procedure, state }) => ({
    ...{ kind: "UNKNOWN_AT_ONE_STOP", remedy: "PERSON", outcome: "PERSON" },
    ...{ dossier, step: null, agency, part: id, atOneStop: null, atAgency: state },
    note: `procedure ${procedure}; the request is gone: look for its papers${
      dossier && codes.has(dossier) ? "; another dossier has this code now" : ""
    }`,
  }));
}

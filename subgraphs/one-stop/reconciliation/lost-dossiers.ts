import type postgres from "postgres";
import type { ReceivedPart } from "../../_shared/parts/received.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { DossierKinds } from "../definitions/dossier-kind.ts";
import type { Agencies } from "../saga/agency-client.ts";
import { type Inquiry, inParallel, PURPOSE } from "./agency-answers.ts";
import { type DossierStore, idsOf, knownCodes, type Range, reserveCode, unknownParts } from "./dossiers.ts";
import type { ResolvedFinding } from "./findings.ts";

const PARTS_IN_A_PAGE = 1_000;

/**
 * Finds parts that agencies have and the desk does not: its database was restored from an older backup, and the requests are
 * lost. Nothing can be resumed, but the codes are reserved so that no new dossier gets them.
 */
export async function findLostDossiers(
  { sql, kinds, agencies }: DossierStore & { agencies: Agencies },
  asking: Inquiry,
  { range, dryRun }: { range: Range; dryRun: boolean },
  listener: { found(finding: ResolvedFinding): void; listed(parts: number): void },
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
        listener.found(finding);
      }
      listener.listed(parts.length);
      const last = parts.at(-1);
      if (!last || parts.length < PARTS_IN_A_PAGE) return;
      after = last.id;
    }
  });
}

/** Agencies to which dossiers send parts. */
function decidingAgencies({ all }: DossierKinds): AgencyCode[] {
  const steps = all.flatMap(({ versions }) => versions.flatMap((version) => version.steps));
  return [...new Set(steps.filter(({ officer }) => !officer).map(({ agency }) => agency))];
}

async function lostOnes(
  sql: postgres.Sql,
  agency: AgencyCode,
  parts: readonly ReceivedPart[],
): Promise<ResolvedFinding[]> {
  const unknown = await unknownParts(
    sql,
    parts.map(({ id }) => id),
  );
  // a tombstone is a part without effect, so nothing is lost
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

import type postgres from "postgres";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { unpackJson } from "../../_shared/registers/packed-json.ts";
import type { ClockRules } from "../clock/rules.ts";
import type { DossierDefinition } from "../definitions/definition.ts";
import { planDueDates } from "../definitions/due-plan.ts";
import type { CatalogueEntry } from "../procedures/catalogue.ts";
import type { SingleRequest } from "./read-dossier.ts";
import { singleProcedure, termOf } from "./single-procedure.ts";

/** Effect of a new version of a procedure on a past dossier: the reasons of a refusal, and the planned due days. */
export type TriedDossier = { code: string; refusals: string[]; dueBefore: string; dueAfter: string };

type Received = {
  code: string;
  office: string;
  receivedAt: Date;
  channel: CatalogueEntry["channels"][number];
  version: number;
  request: SingleRequest;
};
type StoredReceipt = Omit<Received, "request"> & { request: Uint8Array };

/** Tries a version that is not in force yet on the dossiers that came in since an instant. Reads only. */
export async function tryVersion(
  sql: postgres.Sql,
  entry: CatalogueEntry,
  since: Date,
  rules: ClockRules,
): Promise<TriedDossier[]> {
  const received = await sql<StoredReceipt[]>`
    select d.code, d.office, d.received_at as "receivedAt", d.channel, d.definition_version as version, r.request
      from dossiers d join requests r on r.dossier_id = d.id
     where d.definition_id = ${entry.code} and d.received_at >= ${since} order by d.received_at, d.id`;
  const versions = singleProcedure(entry.code)?.versions ?? [];
  return received.flatMap((row) => {
    const dossier = { ...row, request: unpackJson(row.request) as SingleRequest }; // a dossier of one procedure
    const before = versions.find(({ version }) => version === dossier.version);
    return before ? [tried(entry, dossier, before, rules)] : [];
  });
}

function tried(entry: CatalogueEntry, dossier: Received, before: DossierDefinition, rules: ClockRules): TriedDossier {
  const term = termOf(entry.processingTime);
  const after = { ...before, domain: entry.domain, steps: before.steps.map((step) => ({ ...step, term })) };
  const [dueBefore = "", dueAfter = ""] = [before, after].map((definition) =>
    legalDayOf(planDueDates(definition, { ...dossier, clock: null }, rules).dossier.dueAt),
  );
  return { code: dossier.code, refusals: refusalsOf(entry, dossier), dueBefore, dueAfter };
}

/** Reasons for which the version would not accept the dossier, in English for the operator. */
function refusalsOf({ channels, requiredPapers }: CatalogueEntry, { channel, request }: Received): string[] {
  const given = new Set([...request.papers, ...(request.lookedUpPapers ?? [])].map(({ code }) => code));
  const missing = (requiredPapers ?? []).filter((code) => !given.has(code));
  return [
    ...(channels.includes(channel) ? [] : [`the channel ${channel} is not offered`]),
    ...(missing.length === 0 ? [] : [`papers are missing: ${missing.join(", ")}`]),
  ];
}

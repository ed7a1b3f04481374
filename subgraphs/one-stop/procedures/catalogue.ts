import { readFileSync } from "node:fs";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { foldName } from "../../_shared/reference/person-names.ts";
import type { Database } from "../../_shared/serving/database.ts";
import { projectPath } from "../../_shared/serving/paths.ts";
import { type AgencyCode, subgraphs } from "../../agency-registry.ts";
import type { ProcedureFacts, PublishedFee } from "./procedure-facts.ts";
import { procedures } from "./tables.ts";
import type { ProcedureRow } from "./types.ts";

/** Entry of the data file: one version of a procedure. Null values are not published. */
export type CatalogueEntry = {
  code: string;
  name: string;
  domain: string;
  levels: string[];
  legalBasis: string[];
  validFrom: LegalDay | null;
  validTo: LegalDay | null;
  successor: string | null;
  processingTime: ProcedureFacts["processingTime"];
  verification: { quantity: number; unit: string } | null;
  fees: PublishedFee[];
  feeNote: string | null;
  channels: ProcedureFacts["channels"];
  requiredPapers: string[] | null;
  results: { code: string; name: string }[];
};

/** Version of a procedure, in the shape of the graph. */
export type ProcedureVersion = ProcedureRow &
  Pick<CatalogueEntry, "domain" | "validFrom" | "validTo" | "successor" | "verification" | "fees" | "requiredPapers">;

/** @throws with the domain that no agency decides */
function agencyOfDomain(domain: string, code: string): AgencyCode {
  const found = subgraphs.find(({ catalogueDomains }) => (catalogueDomains as readonly string[]).includes(domain));
  if (found) return found.agency;
  throw new Error(
    `Procedure ${code} of the catalogue has the domain "${domain}", which no agency decides; name it under catalogueDomains in an agency's agency.ts`,
  );
}

let catalogue: ReadonlyMap<string, readonly ProcedureVersion[]> | undefined;

/** Versions of a procedure, oldest first; none for an unknown code. */
export function versionsOf(code: string): readonly ProcedureVersion[] {
  catalogue ??= groupVersions(readEntries(catalogueFile()).map(versionOf));
  return catalogue.get(code) ?? [];
}

/** Newest version of a procedure. */
export function procedureOf(code: string): ProcedureVersion | null {
  return versionsOf(code).at(-1) ?? null;
}

/**
 * Version of a procedure in force on a day; for a repealed procedure the last one, with `validTo` and `successor`; null before
 * the first version and for an unknown code.
 */
export function procedureOn(code: string, day: LegalDay): ProcedureVersion | null {
  return versionsOf(code).findLast(({ validFrom }) => validFrom === null || validFrom <= day) ?? null;
}

/** Version of a procedure that a dossier of an instant follows; the newest one of a procedure that had no version yet. */
export function procedureAt(code: string, receivedAt: Date): ProcedureVersion | null {
  return procedureOn(code, legalDayOf(receivedAt)) ?? procedureOf(code);
}

/** True if a version accepts new dossiers on a day. */
export function isInForce(
  { validFrom, validTo }: Pick<CatalogueEntry, "validFrom" | "validTo">,
  day: LegalDay,
): boolean {
  return (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo);
}

/** The data file of the catalogue. */
export function catalogueFile(): string {
  return projectPath("subgraphs", "one-stop", "data", "procedures.json");
}

/** The entries of a file in the catalogue's own format. */
export function readEntries(path: string): CatalogueEntry[] {
  return (JSON.parse(readFileSync(path, "utf8")) as { procedures: CatalogueEntry[] }).procedures; // our own data file
}

function groupVersions(versions: ProcedureVersion[]): ReadonlyMap<string, readonly ProcedureVersion[]> {
  const groups = new Map<string, ProcedureVersion[]>();
  const inOrder = versions.toSorted((a, b) => ((a.validFrom ?? "") < (b.validFrom ?? "") ? -1 : 1));
  for (const version of inOrder) groups.set(version.code, [...(groups.get(version.code) ?? []), version]);
  return groups;
}

function versionOf(entry: CatalogueEntry): ProcedureVersion {
  const { domain, validFrom, validTo, successor, verification, fees, requiredPapers } = entry;
  return {
    code: entry.code,
    name: entry.name,
    agency: agencyOfDomain(domain, entry.code),
    search: foldName(`${entry.code} ${entry.name}`),
    facts: {
      levels: entry.levels,
      processingTime: entry.processingTime,
      feeNote: entry.feeNote,
      channels: entry.channels,
      results: entry.results,
      legalBasis: entry.legalBasis,
    },
    ...{ domain, validFrom, validTo, successor, verification, fees, requiredPapers },
  };
}

/** Loads the newest version of each procedure from the data file into the database, where the catalogue is searched. */
export async function loadCatalogue(db: Database): Promise<void> {
  const codes = new Set(readEntries(catalogueFile()).map(({ code }) => code));
  const rows = [...codes].flatMap((each) => {
    const newest = procedureOf(each);
    return newest ? [(({ code, name, agency, search, facts }) => ({ code, name, agency, search, facts }))(newest)] : [];
  });
  await db.transaction(async (tx) => {
    await tx.delete(procedures);
    await tx.insert(procedures).values(rows);
  });
}

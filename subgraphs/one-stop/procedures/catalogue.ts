import { readFileSync } from "node:fs";
import { foldName } from "../../_shared/reference/person-names.ts";
import type { Database } from "../../_shared/serving/database.ts";
import { projectPath } from "../../_shared/serving/paths.ts";
import { type AgencyCode, subgraphs } from "../../agency-registry.ts";
import { procedures } from "../tables.ts";
import type { ProcedureFacts } from "./procedure-facts.ts";
import type { ProcedureRow } from "./types.ts";

type Entry = {
  code: string;
  name: string;
  domain: string;
  levels: string[];
  legalBasis: string[];
  processingTime: ProcedureFacts["processingTime"];
  feeNote: string | null;
  channels: ProcedureFacts["channels"];
  results: { code: string; name: string }[];
};

/** @throws naming the domain that no agency of the list decides */
function agencyOfDomain(domain: string, code: string): AgencyCode {
  const found = subgraphs.find(({ catalogueDomains }) => (catalogueDomains as readonly string[]).includes(domain));
  if (found) return found.agency;
  throw new Error(
    `Procedure ${code} of the catalogue has the domain "${domain}", which no agency decides; name it under catalogueDomains in an agency's agency.ts`,
  );
}

let catalogue: ReadonlyMap<string, ProcedureRow> | undefined;

/** A procedure as the data file tells it: the catalogue in the database is for searching, and changes with the file alone. */
export function procedureOf(code: string): ProcedureRow | null {
  catalogue ??= new Map(readCatalogue().map((procedure) => [procedure.code, procedure]));
  return catalogue.get(code) ?? null;
}

function readCatalogue(): ProcedureRow[] {
  const path = projectPath("subgraphs", "one-stop", "data", "procedures.json");
  const { procedures: entries } = JSON.parse(readFileSync(path, "utf8")) as { procedures: Entry[] }; // our own data file
  return entries.map((entry) => ({
    code: entry.code,
    name: entry.name,
    agency: agencyOfDomain(entry.domain, entry.code),
    search: foldName(`${entry.code} ${entry.name}`),
    facts: {
      levels: entry.levels,
      processingTime: entry.processingTime,
      feeNote: entry.feeNote,
      channels: entry.channels,
      results: entry.results,
      legalBasis: entry.legalBasis,
    },
  }));
}

/** Brings the catalogue in the database to what the data file says. */
export async function loadCatalogue(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(procedures);
    await tx.insert(procedures).values(readCatalogue());
  });
}

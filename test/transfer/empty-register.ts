import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countryCommunes } from "../../subgraphs/_shared/demo/country/country.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import type { LegalDay } from "../../subgraphs/_shared/reference/days.ts";
import { registerNames, tablesOf } from "../../subgraphs/_shared/registers/register.ts";
import { openDatabase } from "../../subgraphs/_shared/serving/database.ts";
import { prepareDatabase } from "../../subgraphs/_shared/serving/preparation.ts";
import type { HeadingLanguage } from "../../subgraphs/_shared/transfer/columns.ts";
import { exportFile } from "../../subgraphs/_shared/transfer/export-file.ts";
import { importFile } from "../../subgraphs/_shared/transfer/import-file.ts";
import type { ImportProgress } from "../../subgraphs/_shared/transfer/import-progress.ts";
import { formatOf } from "../../subgraphs/_shared/transfer/read-records.ts";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { loadDefinition } from "../../subgraphs/load-definition.ts";
import { clonedDatabase, emptyDatabase } from "../kit/agency-database.ts";

const NOW = new Date("2026-11-23T09:00:00+07:00");
const CALLER: Caller = { subject: "operator:test", role: "service", permissions: [], requestId: "test" };

export type Refused = { line: number; problems: { code: string; path: string[]; message: string }[]; record: object };
export type TransferRegister = Awaited<ReturnType<typeof openRegister>>;

/** An invented country of which a page of an export or a batch of an import does not hold all records of one kind. */
const COUNTRY = { citizens: 600, seed: 1, year: 2026 };

type Contents = { demo?: boolean; country?: boolean };

/** The register of an agency, empty or with the entries of the demo and of an invented country, that exports to files and imports from them. */
export async function openRegister(name: SubgraphName, { demo = false, country = false }: Contents = {}) {
  const { url, drop } = await (demo ? clonedDatabase(name) : emptyDatabase(name));
  const definition = await loadDefinition(name);
  if (!demo) await prepareDatabase(url, definition, { seeds: false, now: NOW, accessRetentionMonths: 24 });
  const database = openDatabase(url, { name: "test", pool: 4, statementTimeoutMs: 60_000 });
  const places = country ? [...countryCommunes(COUNTRY)] : [];
  for (const place of places) await database.db.transaction(async (tx) => definition.enterCountry?.(tx, place));
  await database.sql`analyze`;
  const kinds = definition.transfers ?? [];
  const common = (file: string) => ({ kinds, format: formatOf(file) ?? "jsonl", caller: CALLER, progressed: () => {} });
  return {
    ...database,
    places,
    /** Names of the tables of the register that have rows. */
    async filledTables(): Promise<string[]> {
      const filled = [];
      for (const table of registerNames(tablesOf(definition.tables))) {
        const [row] = await database.sql<{ any: boolean }[]>`select exists (select from ${database.sql(table)}) as any`;
        if (row?.any) filled.push(table);
      }
      return filled;
    },
    /** Writes the register to a file. @returns number of records */
    exportTo: (file: string, headings: HeadingLanguage = "en") =>
      exportFile(database, file, { ...common(file), headings }),
    importFrom: (
      file: string,
      { dryRun = false, progressed = () => {} }: { dryRun?: boolean; progressed?: (done: ImportProgress) => void } = {},
    ) =>
      importFile(database.db, file, {
        ...{ ...common(file), agency: name, dryRun, progressed, today: "2026-11-23" as LegalDay },
        origin: { recordedBy: CALLER.subject, ground: "test" },
      }),
    /** Records that the last import of a file refused. */
    refusedOf(file: string): Refused[] {
      const path = `${file}.refused.jsonl`;
      if (!existsSync(path)) return [];
      const lines = readFileSync(path, "utf8").trim().split("\n");
      return lines.map((line) => JSON.parse(line) as Refused);
    },
    async close() {
      await database.close();
      await drop();
    },
  };
}

/** A directory for the files of a test, and its removal. */
export function scratch() {
  const directory = mkdtempSync(join(tmpdir(), "motcua-transfer-"));
  return { path: (name: string) => join(directory, name), remove: () => rmSync(directory, { recursive: true }) };
}

import { readFileSync } from "node:fs";
import { inArray, sql } from "drizzle-orm";
import { COMMUNE_LIST, commune } from "../../_shared/reference/communes.ts";
import { allFacilities } from "../../_shared/reference/sample-facilities.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Database, Tx } from "../../_shared/serving/database.ts";
import { badFacilityFile } from "../errors.ts";
import { careFacilities } from "../tables.ts";

type Row = typeof careFacilities.$inferInsert;

/** True if `insurance.facility` may be this code. */
export async function facilityExists(tx: Tx, code: string): Promise<boolean> {
  return (await knownFacilities(tx, [code])).has(code);
}

/** Codes among these that facilities have. */
export async function knownFacilities(tx: Tx, codes: readonly string[]): Promise<ReadonlySet<string>> {
  const { code } = careFacilities;
  const found = await tx
    .select({ code })
    .from(careFacilities)
    .where(inArray(code, [...new Set(codes)]));
  return new Set(found.map((each) => each.code));
}

/** Invented facilities of the demo, entered once. */
export async function loadSampleFacilities(tx: Tx): Promise<void> {
  const [present] = await tx.select().from(careFacilities).limit(1);
  if (present) return;
  await keep(
    tx,
    allFacilities().map(({ code, name, commune: communeCode }) => ({
      code,
      name,
      communeList: COMMUNE_LIST,
      communeCode,
    })),
  );
}

/**
 * Enters or renames the facilities of a file: UTF-8 CSV with the header `code,name,commune`, codes of five digits. Entries
 * that the file no longer has are kept, since cards refer to them. @throws BadConfiguration naming every bad line; then nothing is entered.
 */
export async function loadFacilityFile(db: Database, path: string): Promise<void> {
  const facilities = readFacilityFile(path);
  await db.transaction((tx) => keep(tx, facilities));
}

async function keep(tx: Tx, facilities: Row[]): Promise<void> {
  const renamed = sql`on conflict (code) do update set
    name = excluded.name, commune_list = excluded.commune_list, commune_code = excluded.commune_code`;
  await insertMany(tx, careFacilities, facilities, renamed);
}

function readFacilityFile(path: string): Row[] {
  const [header, ...lines] = textOf(path)
    .replace(/^\uFEFF/, "")
    .normalize("NFC")
    .trim()
    .split(/\r?\n/);
  if (header !== "code,name,commune") throw badFacilityFile(path, ["line 1: the header must be code,name,commune"]);
  const faults: string[] = [];
  const rows = new Map<string, Row>();
  for (const [index, line] of lines.entries()) {
    const row = facilityOf(line);
    if (typeof row !== "string" && !rows.has(row.code)) rows.set(row.code, row);
    else faults.push(`line ${index + 2}: ${typeof row === "string" ? row : "the code is there twice"}`);
  }
  if (faults.length > 0) throw badFacilityFile(path, faults);
  return [...rows.values()];
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw badFacilityFile(path, [`the file cannot be read: ${error instanceof Error ? error.message : error}`]);
  }
}

/** The facility of a line, or what is wrong with the line. A name with a comma stands in quotation marks, "" is one mark. */
function facilityOf(line: string): Row | string {
  const [, code = "", quoted, plain = "", communeCode = ""] =
    /^(\d{5}),(?:"((?:[^"]|"")+)"|([^",]+)),(\d{5})$/.exec(line) ?? [];
  if (code === "") return "must be a code of 5 digits, a name and a commune code of 5 digits";
  if (!commune(communeCode)) return `${communeCode} is no commune of the list ${COMMUNE_LIST}`;
  return { code, name: quoted?.replaceAll('""', '"') ?? plain, communeList: COMMUNE_LIST, communeCode };
}

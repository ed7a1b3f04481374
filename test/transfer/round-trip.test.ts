import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { registerNames, tablesOf } from "../../subgraphs/_shared/registers/register.ts";
import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { loadDefinition } from "../../subgraphs/load-definition.ts";
import { openRegister, scratch, type TransferRegister } from "./empty-register.ts";
import { recordsOfRareForms } from "./rare-forms.ts";
import { sparse } from "./sparse-records.ts";

const files = scratch();
afterAll(files.remove);

type Carrying = Exclude<SubgraphName, "one-stop">;

/**
 * Tables of each register that an import into an empty one leaves empty: their facts are entered by acts alone, and reminders by the
 * daily sweep. The desk's dossiers are only exported: the steps of its saga are no facts that a file could state.
 */
const LEFT_TO_ACTS: Record<Carrying, string[]> = {
  "civil-status": ["book_closings", "expiry_reminders", "extracts", "marital_confirmations", "recognitions"],
  residence: ["act_households", "act_persons", "acts", "expiry_reminders"],
  "health-insurance": ["acts", "enrolment_employers", "expiry_reminders"],
  land: [
    ...["act_parcels", "acts", "encumbrance_ends", "encumbrances", "obligation_settlements", "obligations"],
    "parcel_ancestry",
  ],
  business: ["act_businesses", "acts", "expiry_reminders"],
};
/** The demo has what the country lacks: enterprises, branches, licences and shares. */
const WITH_DEMO: readonly SubgraphName[] = ["land", "business"];
const agencies = Object.keys(LEFT_TO_ACTS) as Carrying[]; // the keys of the record

/** Some hundred records of each agency come in and go out several times. */
const PATIENCE_MS = 300_000;

for (const name of agencies)
  test(
    `the export of ${name} is imported into an empty register, whose export is equal, in both formats; a second import finds everything there`,
    async () => {
      const full = await openRegister(name, { demo: WITH_DEMO.includes(name), country: true });
      const rare = await enterRareForms(full, name);
      const first = await exportBoth(full, name);
      await full.close();
      expect(linesOf(first.jsonl).map((line) => JSON.parse(line))).toEqual(expect.arrayContaining(rare));

      const empty = await openRegister(name);
      const entered = await empty.importFrom(first.csv);
      const present = await empty.importFrom(first.jsonl);
      const again = await exportBoth(empty, `${name}-again`);
      const tables = await empty.filledTables();
      await empty.close();

      const records = linesOf(first.jsonl).length;
      expect(records).toBeGreaterThan(100);
      expect(empty.refusedOf(first.csv)).toEqual([]);
      expect(entered).toMatchObject({ entered: records, present: 0, refused: 0 });
      // each record of JSON Lines reads as what CSV entered
      expect(present).toMatchObject({ entered: 0, present: records, refused: 0 });
      for (const format of ["csv", "jsonl"] as const)
        expect(readFileSync(again[format], "utf8")).toBe(readFileSync(first[format], "utf8"));
      const all = registerNames(tablesOf((await loadDefinition(name)).tables));
      expect(all.filter((table) => !tables.includes(table)).sort()).toEqual(LEFT_TO_ACTS[name]);
    },
    PATIENCE_MS,
  );

for (const name of agencies)
  test(
    `a record of ${name} that was entered without one of its values is left alone when it is imported again`,
    async () => {
      const { transfers = [] } = await loadDefinition(name);
      const file = files.path(`${name}-sparse.jsonl`);
      const records = transfers.flatMap((kind) => sparse(kind, linesOf(files.path(`${name}.jsonl`))));
      writeFileSync(file, records.join("\n"));
      const register = await openRegister(name);
      await register.importFrom(file);
      const refused = new Set(register.refusedOf(file).map(({ line }) => line));
      const entered = records.filter((_, place) => !refused.has(place + 1));
      for (const kind of transfers)
        expect(
          entered.filter((record) => record.includes(`"record":"${kind.name}"`)).length,
          kind.name,
        ).toBeGreaterThan(0);
      writeFileSync(file, entered.join("\n"));

      expect(await register.importFrom(file)).toMatchObject({ entered: 0, present: entered.length, refused: 0 });
      await register.close();
    },
    PATIENCE_MS,
  );

test("a column of an agency has one Vietnamese heading, which no other column of it has", async () => {
  for (const { name } of subgraphs) {
    const { transfers = [] } = await loadDefinition(name);
    const headings = new Map<string, string>();
    for (const [column, heading] of transfers.flatMap(({ columns }) => Object.entries(columns))) {
      expect(headings.get(heading.toLowerCase()) ?? column, `${name} ${heading}`).toBe(column);
      headings.set(heading.toLowerCase(), column);
    }
    expect(headings.size, name).toBe(new Set(transfers.flatMap(({ columns }) => Object.keys(columns))).size);
  }
});

test("every agency exports its register", async () => {
  for (const { name } of subgraphs) expect((await loadDefinition(name)).transfers, name).not.toHaveLength(0);
});

const linesOf = (file: string) => readFileSync(file, "utf8").trim().split("\n");

async function exportBoth(register: TransferRegister, name: string) {
  const written = { csv: files.path(`${name}.csv`), jsonl: files.path(`${name}.jsonl`) };
  for (const file of Object.values(written)) await register.exportTo(file);
  return written;
}

async function enterRareForms(register: TransferRegister, name: Carrying): Promise<object[]> {
  const records = recordsOfRareForms(name, register.places);
  const file = files.path(`${name}-rare.jsonl`);
  writeFileSync(file, records.map((record) => JSON.stringify(record)).join("\n"));
  await register.importFrom(file);
  expect(register.refusedOf(file)).toEqual([]);
  return records;
}

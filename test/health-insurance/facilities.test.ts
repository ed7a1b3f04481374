import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import { healthInsuranceConfiguration } from "../../subgraphs/health-insurance/configuration.ts";
import { loadFacilityFile } from "../../subgraphs/health-insurance/facilities/facilities.ts";
import { healthInsurance } from "../../subgraphs/health-insurance/subgraph.ts";
import { type ServedAgency, serveAgency } from "./served-agency.ts";

const folder = mkdtempSync(join(tmpdir(), "motcua-facilities-"));
const path = join(folder, "facilities.csv");
const header = "code,name,commune";
const write = (...lines: string[]) => writeFileSync(path, `${lines.join("\r\n")}\r\n`);

let agency: ServedAgency;
beforeAll(async () => {
  write(header, "01001,Bệnh viện A,00004", '01002,"Trạm ""B"", cơ sở 2",00008');
  agency = await serveAgency(healthInsurance(healthInsuranceConfiguration({ CARE_FACILITIES: path })), { demo: false });
});
afterAll(async () => {
  await agency?.stop();
  rmSync(folder, { recursive: true });
});

const known = async () => [
  ...(await agency.sql`select code, name, commune_code as commune from care_facilities order by code`),
];

test("outside demo mode the facilities are those of the file and no people are seeded", async () => {
  expect(await known()).toEqual([
    { code: "01001", name: "Bệnh viện A", commune: "00004" },
    { code: "01002", name: 'Trạm "B", cơ sở 2', commune: "00008" },
  ]);
  expect(await agency.sql`select 1 from cards`).toHaveLength(0);
});

test("a facilities file that is read again renames and adds entries in NFC and removes none", async () => {
  write(`\uFEFF${header}`, `01001,${"Bệnh viện Á".normalize("NFD")},00004`, "01003,C,00008");
  await loadFacilityFile(agency.db, path);
  expect((await known()).map(({ code, name }) => `${code} ${name}`)).toEqual([
    "01001 Bệnh viện Á",
    '01002 Trạm "B", cơ sở 2',
    "01003 C",
  ]);
});

test("without a facilities file the known facilities are kept", async () => {
  const before = await known();
  await healthInsurance(healthInsuranceConfiguration({})).prepare?.(agency.db, { seeds: false });
  expect(await known()).toEqual(before);
});

test("a bad facilities file names every bad line and changes nothing", async () => {
  write(header, "01004,D,00004", "123,E,00004", "01005,F,99999", "01004,G,00004", "01006,,00004");
  const reading = loadFacilityFile(agency.db, path);
  await expect(reading).rejects.toThrow(BadConfiguration);
  const faults = await reading.catch((error: Error) => error.message.match(/line \d+/g));
  expect(faults).toEqual(["line 3", "line 4", "line 5", "line 6"]);
  expect((await known()).map(({ code }) => code)).not.toContain("01004");
});

test("a wrong header or a missing facilities file is reported with the name of the variable", async () => {
  write("id;name", "01004;D");
  await expect(loadFacilityFile(agency.db, path)).rejects.toThrow(/CARE_FACILITIES[\s\S]*header/);
  await expect(loadFacilityFile(agency.db, join(folder, "none.csv"))).rejects.toThrow(
    /CARE_FACILITIES[\s\S]*cannot be read/,
  );
});

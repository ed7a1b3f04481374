import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { BadConfiguration } from "../../../subgraphs/_shared/serving/environment.ts";
import { nationalPortalConfiguration } from "../../../subgraphs/one-stop/national-portal/configuration.ts";
import { mappedOffice, stateOfStatus } from "../../../subgraphs/one-stop/national-portal/mappings.ts";
import { catalogueFile, procedureOf, readEntries } from "../../../subgraphs/one-stop/procedures/catalogue.ts";
import { portalVariables } from "./portal-account.ts";

const directory = mkdtempSync(join(tmpdir(), "motcua-mappings-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const given = portalVariables("https://portal.example/services");

function fileWith(text: string): string {
  const file = join(directory, `${Math.random()}.json`);
  writeFileSync(file, text);
  return file;
}
const mappingsOf = (text: string) =>
  nationalPortalConfiguration({ ...given, NATIONAL_PORTAL_MAPPINGS: fileWith(text) })?.mappings;

it("without an address there is no portal, and with one everything else has to be there", () => {
  expect(nationalPortalConfiguration({})).toBeNull();
  expect(() => nationalPortalConfiguration({ NATIONAL_PORTAL_URL: "https://portal.example" })).toThrow(
    BadConfiguration,
  );
  const http = { ...given, NATIONAL_PORTAL_URL: "http://portal.example", NODE_ENV: "production" };
  expect(() => nationalPortalConfiguration(http)).toThrow(/NATIONAL_PORTAL_URL: must be https/);
  expect(nationalPortalConfiguration(given)?.account.logInUrl).toBe("https://portal.example/services/login");
});

it("bad mappings are named by file and entry at the start", () => {
  expect(() => mappingsOf("{")).toThrow(/NATIONAL_PORTAL_MAPPINGS: .*cannot be read/);
  expect(() => mappingsOf("[]")).toThrow(/must be a JSON object/);
  expect(() => mappingsOf('{"fields": {"land": {"code": ""}}, "unknown": 1}')).toThrow(
    /fields\.land\.code.*\n.*fields\.land\.name/s,
  );
});

it("the operator's codes complete those of the release, entry by entry", () => {
  const mappings = mappingsOf('{"procedures": {"1.000894": "1.000894.H13"}, "offices": {"31471": "H13.7"}}');
  expect(mappings?.procedures).toMatchObject({ "1.000894": "1.000894.H13", "1.001193": "1.001193" });
  if (!mappings) throw new Error("The mappings are read");
  expect(mappedOffice(mappings, "31471", {})).toBe("H13.7");
  expect(() => mappedOffice(mappings, "31474", {})).toThrow("offices.31474");
  expect([stateOfStatus(mappings, "9"), stateOfStatus(mappings, "77")]).toEqual(["COMPLETED", null]);
});

it("the release has a code for each procedure of its catalogue", () => {
  const mappings = mappingsOf("{}");
  const missing = readEntries(catalogueFile()).filter(({ code }) => !mappings?.procedures[code] || !procedureOf(code));
  expect(missing).toEqual([]);
});

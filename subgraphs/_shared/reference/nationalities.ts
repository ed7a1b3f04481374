import { readFileSync } from "node:fs";
import { projectPath } from "../serving/paths.ts";
import { accepted, type Brand, type Fault, type Parsed, refused } from "./identifiers/parsed.ts";

/** Code of a nationality (quốc tịch): ISO 3166-1 alpha-3, or XXA for a stateless person (ICAO Doc 9303-3). */
export type NationalityCode = Brand<string, "NationalityCode">;

/** A nationality of the list; `name` is Vietnamese. */
export type Nationality = { code: string; name: string; nameEn: string };

/** Vietnamese nationality. */
export const VIETNAMESE = "VNM";

const malformed: Fault = {
  code: "NATIONALITY_MALFORMED",
  message: "Quốc tịch ghi bằng ba chữ cái theo ISO 3166-1, ví dụ VNM",
  messageEn: "Nationality is three letters of ISO 3166-1, such as VNM",
};

const unknown: Fault = {
  code: "NATIONALITY_UNKNOWN",
  message: "Mã quốc tịch không có trong danh mục ISO 3166-1; đề nghị chọn trong danh mục quốc tịch, ví dụ VNM",
  messageEn: "No nationality of ISO 3166-1 has this code; choose one of the list, such as VNM",
};

let byCode: ReadonlyMap<string, Nationality> | undefined;

/** Every nationality, by code. */
export function allNationalities(): readonly Nationality[] {
  return [...nationalitiesByCode().values()];
}

/** Reads the code of a nationality. Faults: NATIONALITY_MALFORMED (not three capital letters), NATIONALITY_UNKNOWN. */
export function parseNationality(raw: string): Parsed<NationalityCode> {
  if (!/^[A-Z]{3}$/.test(raw)) return refused(malformed);
  // A code of the list has earned the brand.
  return nationalitiesByCode().has(raw) ? accepted(raw as NationalityCode) : refused(unknown);
}

function nationalitiesByCode(): ReadonlyMap<string, Nationality> {
  byCode ??= new Map(readNationalities().map((each) => [each.code, each]));
  return byCode;
}

// Our own data file, checked by a test.
function readNationalities(): Nationality[] {
  const text = readFileSync(projectPath("subgraphs", "_shared", "reference", "data", "nationalities.json"), "utf8");
  return (JSON.parse(text) as { nationalities: Nationality[] }).nationalities;
}

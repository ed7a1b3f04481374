import { readFileSync } from "node:fs";
import { projectPath } from "../serving/paths.ts";

/**
 * A province or centrally-run city since 1 July 2025: two-digit code, name without its type (NFC), English name,
 * agency code (Decision 20/2020/QĐ-TTg, e.g. "H13"), and the three-digit codes of the provinces merged into it,
 * with which personal numbers begin (Circular 07/2016/TT-BCA). `fullName` carries the type, as in "Tỉnh An Giang".
 */
export type Province = {
  code: string;
  name: string;
  fullName: string;
  nameEn: string;
  agencyCode: string;
  formerCodes: string[];
};

type ProvinceRow = { code: string; name: string; fullName: string; nameEn: string; agencyCode: string };
type FormerProvinceRow = { code: string; successor: string };

let byCode: ReadonlyMap<string, Province> | undefined;
let inOrder: readonly Province[] | undefined;

/** The 34 provinces in the order of their codes. */
export function allProvinces(): readonly Province[] {
  inOrder ??= [...provincesByCode().values()];
  return inOrder;
}

/** The province with this code in the present list, or undefined. Before July 2025 the same code could mean another province. */
export function province(code: string): Province | undefined {
  return provincesByCode().get(code);
}

function provincesByCode(): ReadonlyMap<string, Province> {
  byCode ??= new Map(readProvinces().map((each) => [each.code, each]));
  return byCode;
}

function readProvinces(): Province[] {
  const current = readList<ProvinceRow>("provinces-34.json");
  const former = readList<FormerProvinceRow>("provinces-63-before-2025-07.json");
  return current.map(({ code, name, fullName, nameEn, agencyCode }) => ({
    code,
    name,
    fullName,
    nameEn,
    agencyCode,
    formerCodes: former.filter((old) => old.successor === code).map((old) => old.code),
  }));
}

// Both files are committed and checked by a test, so their shape is asserted instead of parsed.
function readList<Row>(file: string): Row[] {
  const text = readFileSync(projectPath("subgraphs", "_shared", "reference", "data", file), "utf8");
  return (JSON.parse(text.normalize("NFC")) as { provinces: Row[] }).provinces;
}

import { COMMUNE_LIST, commune } from "../../_shared/reference/communes.ts";
import { successorsOf } from "../../_shared/reference/former-communes.ts";
import { foldName, parseFreeText } from "../../_shared/reference/person-names.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import { communeNotInForce, communeUnclear, formerCommuneAmbiguous } from "./errors.ts";

const LONGEST_LINE = 200;
/** Longest name of a unit in a search of the former list. */
const LONGEST_NAME = 100;

/** Names of a commune of before 1 July 2025. */
type FormerNames = { name: string; district?: string | null; province: string };
export type DeclaredAddress = { line: string; commune?: string | null; formerCommune?: FormerNames | null };
/** Address as a household has it. */
export type HomeAddress = { addressLine: string; communeList: string; communeCode: string };
type DwellingAddress = Pick<HomeAddress, "addressLine" | "communeCode">;

/** True if two addresses are the same dwelling: marks, case, commas and double spaces aside. */
export function isSameDwelling(one: DwellingAddress, other: DwellingAddress): boolean {
  return one.communeCode === other.communeCode && foldAddress(one.addressLine) === foldAddress(other.addressLine);
}

/** Two writings of one address line: marks, case, commas and spaces aside. */
export function foldAddress(line: string): string {
  return foldName(line.replace(/[,;]/g, " "));
}

/**
 * Reads the address of a lawful dwelling; undefined, with problems, if it cannot be one. A commune of before 1 July 2025 is led to the
 * commune that succeeds it.
 */
export function readAddress(declared: DeclaredAddress, path: Path, problems: Problems): HomeAddress | undefined {
  const addressLine = problems.take([...path, "line"], parseFreeText(declared.line, LONGEST_LINE));
  const communeCode = readCommune(declared, path, problems);
  return addressLine && communeCode ? { addressLine, communeList: COMMUNE_LIST, communeCode } : undefined;
}

function readCommune(
  { commune: code, formerCommune }: DeclaredAddress,
  path: Path,
  problems: Problems,
): string | undefined {
  if (Boolean(code) === Boolean(formerCommune)) {
    problems.add([...path, "commune"], communeUnclear());
    return undefined;
  }
  if (code && commune(code)) return code;
  const [place, at] = formerCommune
    ? [readNames(formerCommune, [...path, "formerCommune"], problems), [...path, "formerCommune"]]
    : [{ code: code ?? "" }, [...path, "commune"]];
  if (!place) return undefined;
  const successors = successorsOf(place);
  if (successors.length === 1) return successors[0];
  const names = successors.map((each) => `${commune(each)?.name} (${each})`);
  problems.add(at, names.length === 0 ? communeNotInForce() : formerCommuneAmbiguous(names.slice(0, 8).join(", ")));
  return undefined;
}

function readNames({ name, district, province }: FormerNames, path: Path, problems: Problems) {
  const read = (field: string, text: string) => problems.take([...path, field], parseFreeText(text, LONGEST_NAME));
  const names = { name: read("name", name), province: read("province", province) };
  const within = district ? read("district", district) : null;
  if (!names.name || !names.province || within === undefined) return undefined;
  return { name: names.name, province: names.province, district: within };
}

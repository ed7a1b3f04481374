import { readFileSync } from "node:fs";
import { projectPath } from "../serving/paths.ts";
import { accepted, type Fault, type Parsed, refused } from "./identifiers/parsed.ts";
import { type FreeText, foldName, parseFreeText } from "./person-names.ts";

/** An ethnic group (dân tộc): two-digit code and names of Decision 121-TCTK/PPCĐ of 1979; 55 stands for foreigners. */
export type EthnicGroup = { code: string; name: string; otherNames: string[] };

const longestName = 50;

const unknown: Fault = {
  code: "ETHNICITY_UNKNOWN",
  message: "Dân tộc không có trong danh mục các dân tộc Việt Nam; đề nghị chọn trong danh mục",
  messageEn: "No ethnic group of the list has this name; choose one of the list",
};

let inOrder: readonly EthnicGroup[] | undefined;
let byName: ReadonlyMap<string, EthnicGroup> | undefined;

/** The 54 groups and the entry for foreigners, by code. */
export function allEthnicGroups(): readonly EthnicGroup[] {
  inOrder ??= readEthnicGroups();
  return inOrder;
}

/** The group of a name, another name or a code, without regard to case, diacritics, hyphens and spaces; or undefined. */
export function ethnicGroup(text: string): EthnicGroup | undefined {
  byName ??= new Map(
    allEthnicGroups().flatMap((group) =>
      [group.code, group.name, ...group.otherNames].map((name) => [keyOf(name), group] as const),
    ),
  );
  return byName.get(keyOf(text));
}

/** Reads an ethnic group into its listed name. Faults: those of a free text of 50 characters, ETHNICITY_UNKNOWN. */
export function parseEthnicity(raw: string): Parsed<FreeText> {
  const text = parseFreeText(raw, longestName);
  if (!text.ok) return text;
  const group = ethnicGroup(text.value);
  // A listed name is a free text of one line.
  return group ? accepted(group.name as FreeText) : refused(unknown);
}

/**
 * Reads the ethnic group of a person of any nationality: the list holds the peoples of Viet Nam, so a foreigner may be of
 * another people, which is kept as written (an officer looks at it).
 */
export function parseEthnicityOf(nationality: string, raw: string): Parsed<FreeText> {
  const listed = parseEthnicity(raw);
  return listed.ok || nationality === "VNM" ? listed : parseFreeText(raw, longestName);
}

function keyOf(name: string): string {
  return foldName(name.replace(/\(.*\)/, "")).replace(/[^a-z0-9]/g, "");
}

// Our own data file, checked by a test.
function readEthnicGroups(): EthnicGroup[] {
  const text = readFileSync(projectPath("subgraphs", "_shared", "reference", "data", "ethnic-groups.json"), "utf8");
  return (JSON.parse(text) as { ethnicGroups: EthnicGroup[] }).ethnicGroups;
}

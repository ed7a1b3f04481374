import { readFileSync } from "node:fs";
import { projectPath } from "../serving/paths.ts";
import { commune } from "./communes.ts";
import { foldName } from "./person-names.ts";

/**
 * A commune of before 1 July 2025 and the code of the commune that succeeds it (Resolution 202/2025/QH15). `code` is null
 * where the source lacks it. Former districts and provinces are names alone.
 */
export type FormerCommune = {
  code: string | null;
  name: string;
  district: string;
  province: string;
  successor: string;
};

let all: readonly FormerCommune[] | undefined;
let bySuccessor: ReadonlyMap<string, readonly FormerCommune[]> | undefined;

/** The former communes, by code. */
export function allFormerCommunes(): readonly FormerCommune[] {
  all ??= readFormerCommunes();
  return all;
}

/** Former communes that were merged into a present commune. */
export function formerCommunesOf(code: string): readonly FormerCommune[] {
  bySuccessor ??= groupBySuccessor();
  return bySuccessor.get(code) ?? [];
}

/** Commune as a paper of before 1 July 2025 names it: its code, or its name with those of its province and district. */
export type FormerPlace = { code: string } | { name: string; district: string | null; province: string };

/**
 * Codes of the communes that succeed a former one. Several if it was divided, or if the names fit several former communes; none if
 * they fit none. Names are compared without diacritics, and without kinds such as "Phường" where one of them lacks it.
 */
export function successorsOf(place: FormerPlace): string[] {
  const found = allFormerCommunes().filter((each) => {
    if ("code" in place) return each.code === place.code;
    const { name, district, province } = place;
    return (
      isSameUnit(each.name, name) &&
      isSameUnit(each.province, province) &&
      (district === null || isSameUnit(each.district, district))
    );
  });
  return [...new Set(found.map(({ successor }) => successor))].filter((code) => commune(code) !== undefined).sort();
}

const KIND = /^(xa|phuong|thi tran|quan|huyen|thi xa|thanh pho|tp\.?|tinh) /;

function isSameUnit(one: string, other: string): boolean {
  const [a, b] = [foldName(one), foldName(other)];
  return a === b || (KIND.test(a) !== KIND.test(b) && a.replace(KIND, "") === b.replace(KIND, ""));
}

function groupBySuccessor(): ReadonlyMap<string, readonly FormerCommune[]> {
  const groups = new Map<string, FormerCommune[]>();
  for (const each of allFormerCommunes()) {
    const group = groups.get(each.successor);
    if (group) group.push(each);
    else groups.set(each.successor, [each]);
  }
  return groups;
}

// The columns are code, name, district, province, successor; no value holds a comma or a quotation mark.
function readFormerCommunes(): FormerCommune[] {
  const path = projectPath("subgraphs", "_shared", "reference", "data", "former-communes-2025-07.csv");
  const rows = readFileSync(path, "utf8").trim().split("\n").slice(1);
  return rows.map((row) => {
    const [code = "", name = "", district = "", province = "", successor = ""] = row.split(",");
    return { code: code || null, name, district, province, successor };
  });
}

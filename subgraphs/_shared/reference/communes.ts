import { readFileSync } from "node:fs";
import { projectPath } from "../serving/paths.ts";

/** The version of the list of communes: in force since 1 July 2025 (Resolution 202/2025/QH15, Decision 19/2025/QĐ-TTg). */
export const COMMUNE_LIST = "2025-07-01";

/** A commune (xã, phường, đặc khu): five-digit code, full name as in "Phường Long Mỹ" (NFC), two-digit province code. */
export type Commune = { code: string; name: string; province: string };

let byCode: ReadonlyMap<string, Commune> | undefined;
let inOrder: readonly Commune[] | undefined;

/** The 3,321 communes in the order of their codes. */
export function allCommunes(): readonly Commune[] {
  inOrder ??= [...communesByCode().values()];
  return inOrder;
}

/** The commune of a code of the current list, or undefined. */
export function commune(code: string): Commune | undefined {
  return communesByCode().get(code);
}

function communesByCode(): ReadonlyMap<string, Commune> {
  byCode ??= new Map(readCommunes().map((each) => [each.code, each]));
  return byCode;
}

// The columns are code, bare name, type, full name, province; no value holds a comma or a quotation mark.
function readCommunes(): Commune[] {
  const text = readFileSync(projectPath("subgraphs", "_shared", "reference", "data", "communes-3321.csv"), "utf8");
  const rows = text.normalize("NFC").trim().split("\n").slice(1);
  return rows.map((row) => {
    const [code = "", , , name = "", province = ""] = row.split(",");
    return { code, name, province };
  });
}

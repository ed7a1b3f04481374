import { type SQL, sql } from "drizzle-orm";
import type { AgencyCode } from "../../agency-registry.ts";
import type { Caller } from "../identity/caller.ts";
import { officerOf } from "./permissions.ts";

/** Kind of caller, as rights by row tell callers apart. Officers are told apart by their agency, not by a role's name. */
type CallerKind = "clerk" | "leader" | "portal" | "citizen" | "service" | "own-officer" | "other-officer";

/**
 * How far a caller reaches into a register: all of the agency's rows, those of a province, of an office, of a person, or
 * those that a dossier brought to another agency's officer.
 */
export type Reach =
  | { kind: "agency" }
  | { kind: "province"; province: string }
  | { kind: "office"; office: string }
  | { kind: "own"; personalId: string }
  | { kind: "dossier"; agency: AgencyCode }
  | { kind: "none" };

/** Reach of each kind of caller. A kind that is not named reaches nothing. */
type ReachByKind = Partial<Record<CallerKind, Exclude<Reach["kind"], "none">>>;

/** Rows that a caller may read: all, none, or those that meet a condition. There is no value for "not decided". */
export type RowRight = "everything" | "none" | SQL;

/** Rows by reach. A reach without a rule sees nothing. */
type RowRules = {
  agency?: RowRight;
  province?(province: string): RowRight;
  office?(office: string): RowRight;
  own?(personalId: string): RowRight;
  dossier?(agency: AgencyCode): RowRight;
};

/** Decides for one agency how far each caller reaches. Unknown roles, and callers without the claim, reach nothing. */
export function reaches(agency: AgencyCode, byKind: ReachByKind): (caller: Caller) => Reach {
  return (caller) => {
    const officer = officerOf(caller.role);
    const kind = officer ? (officer.agency === agency ? "own-officer" : "other-officer") : caller.role;
    const wanted = Object.hasOwn(byKind, kind) ? byKind[kind as CallerKind] : undefined; // a role may be no kind
    const { province, office, personalId } = caller;
    if (wanted === "agency") return { kind: "agency" };
    if (wanted === "province" && province) return { kind: "province", province };
    if (wanted === "office" && office) return { kind: "office", office };
    if (wanted === "own" && personalId) return { kind: "own", personalId };
    if (wanted === "dossier" && officer) return { kind: "dossier", agency: officer.agency };
    return { kind: "none" };
  };
}

/** The rows of a reach as a condition of a query. */
export function rowsWithin(reach: Reach, rules: RowRules): SQL {
  return conditionOf(rightOf(reach, rules) ?? "none");
}

function rightOf(reach: Reach, rules: RowRules): RowRight | undefined {
  switch (reach.kind) {
    case "agency":
      return rules.agency;
    case "province":
      return rules.province?.(reach.province);
    case "office":
      return rules.office?.(reach.office);
    case "own":
      return rules.own?.(reach.personalId);
    case "dossier":
      return rules.dossier?.(reach.agency);
    case "none":
      return "none";
  }
}

function conditionOf(right: RowRight): SQL {
  if (right === "everything") return sql`true`;
  return right === "none" ? sql`false` : right;
}

import { type SQL, sql } from "drizzle-orm";
import type { AgencyCode } from "../../agency-registry.ts";
import type { Caller } from "../identity/caller.ts";
import { notFound } from "../serving/errors.ts";
import { officerOf } from "./permissions.ts";

/** Kind of caller for rights by row. Officers are distinguished by their agency, not by the name of their role. */
type CallerKind = "clerk" | "leader" | "portal" | "citizen" | "own-officer" | "other-officer";

/**
 * Reach of a caller in a register: all rows of the agency, the rows of a province, an office or a person, or the rows of a
 * dossier that reached another agency's officer.
 */
export type Reach =
  | { kind: "agency" }
  | { kind: "province"; province: string }
  | { kind: "office"; office: string }
  | { kind: "own"; personalId: string }
  | { kind: "dossier"; agency: AgencyCode }
  | { kind: "none" };

/** Reach of each kind of caller; none for a kind that is not listed. */
type ReachByKind = Partial<Record<CallerKind, Exclude<Reach["kind"], "none">>>;

/** Rows that a caller may read: all, none, or those that meet a condition. */
export type RowRight = "everything" | "none" | SQL;

/** Rows by reach; none for a reach without a rule. */
type RowRules = {
  agency?: RowRight;
  province?(province: string): RowRight;
  office?(office: string): RowRight;
  own?(personalId: string): RowRight;
  dossier?(agency: AgencyCode): RowRight;
};

/** Reach of a caller in one agency. Unknown roles, and callers without the required claim, have none. */
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

/**
 * Makes the check of a search for a person's entry: it passes an entry, and null where the caller may learn that there is none.
 * The check throws NOT_FOUND otherwise, so that the null of an entry out of reach is told apart from none.
 */
export function searchWithin(reachOf: (caller: Caller) => Reach, what: string) {
  return <Entry>(caller: Caller, personalId: string | null | undefined, found: Entry | null): Entry | null => {
    const reach = reachOf(caller);
    const mayLearn = reach.kind === "agency" || (reach.kind === "own" && reach.personalId === personalId);
    if (found === null && !mayLearn) throw notFound(what);
    return found;
  };
}

/** Condition of a query for the rows of a reach. */
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

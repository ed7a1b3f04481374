import type { Caller } from "../../_shared/identity/caller.ts";
import { notCompared } from "../../_shared/parts/likeness.ts";
import type { StepRow } from "../dossiers/types.ts";
import { worksFor } from "../rights.ts";
import type { DecisionInput } from "./input.ts";
import type { StoredLikeness } from "./stored-likeness.ts";

/** True if a grant does not list every likeness of the part as compared. */
export function leavesOutLikeness({ likenesses }: Pick<StepRow, "likenesses">, { grant }: DecisionInput): boolean {
  return grant != null && notCompared(likenesses ?? [], grant.compared).length > 0;
}

/** Likeness as the graph shows it: an entry may be like several parts, with other facts beside each. */
export type PartLikeness = StoredLikeness & { entryId: string };

/** Likenesses of a part, each with an id of its own. */
export function likenessesOf({ id, likenesses }: Pick<StepRow, "id" | "likenesses">): PartLikeness[] {
  return (likenesses ?? []).map((each) => ({ ...each, id: `${id}/${each.id}`, entryId: each.id }));
}

/** Decision whose `compared` names entries, whether the client sent the ids of likenesses or of their entries. */
export function namingEntries(decision: DecisionInput): DecisionInput {
  const { grant } = decision;
  if (!grant?.compared) return decision;
  return { ...decision, grant: { ...grant, compared: grant.compared.map((id) => id.slice(id.lastIndexOf("/") + 1)) } };
}

/** Adds the officer who compared them, and the time, to likenesses. */
export function compared(likenesses: readonly StoredLikeness[], by: { id: string; name: string }, at: Date) {
  return likenesses.map((likeness): StoredLikeness => ({ ...likeness, comparedBy: by, comparedAt: at.toISOString() }));
}

/** True if the caller may see a part's likenesses: officers who may decide the part. */
export function maySeeLikenesses(caller: Caller, { agency }: Pick<StepRow, "agency">): boolean {
  return caller.permissions.includes("work:decide") && worksFor(caller, agency);
}

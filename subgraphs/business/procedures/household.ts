import { recordChange } from "../../_shared/access-log/recorder.ts";
import type { Caller } from "../../_shared/identity/caller.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import type { Part } from "../../_shared/parts/procedure.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { parseBusinessCode } from "../../_shared/reference/identifiers/tax-code.ts";
import { sameName } from "../../_shared/reference/person-names.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { ActKind } from "../acts/act-kinds.ts";
import { type LockedBusiness, readBusiness } from "../businesses/locked-business.ts";
import { enterVersion, type Facts, personsOf } from "../businesses/new-version.ts";
import { businessEnded, businessUnknown, ownerDiffers } from "../errors.ts";
import type { VersionState } from "../tables.ts";
import { enterActForPart } from "./act-for-part.ts";
import type { HouseholdContent } from "./contents.ts";

/**
 * Household business of a form, if it is in force and the owner is the registered one. Anything else becomes a problem, and so do
 * facts that are newer than a lost grant.
 */
export async function householdOf(
  tx: Tx,
  content: HouseholdContent,
  problems: Problems,
): Promise<LockedBusiness | undefined> {
  const { code: rawCode, owner } = content;
  const code = problems.take(["code"], parseBusinessCode(rawCode));
  if (!code) return undefined;
  const business = await readBusiness(tx, code);
  problems.found.push(...newerFactProblems(content, [business]));
  if (business?.facts.kind !== "HOUSEHOLD") problems.add(["code"], businessUnknown());
  else if (business.isEnded) problems.add(["code"], businessEnded());
  else if (!isOwner(business, owner)) problems.add(["owner", "personalId"], ownerDiffers());
  else return business;
  return undefined;
}

function isOwner({ facts }: LockedBusiness, { personalId, fullName }: HouseholdContent["owner"]): boolean {
  const registered = facts.people.find(({ role }) => role === "OWNER");
  return (
    registered?.personalId === personalId && (registered.fullName === null || sameName(registered.fullName, fullName))
  );
}

type Entry = { kind: ActKind; facts: Facts; state?: VersionState };

/** Enters the next version for a granted part. A concurrent act has entered the same version: then it fails. */
export async function enterForPart(
  tx: Tx,
  part: Part<unknown>,
  { id: businessId, version }: LockedBusiness,
  { kind, facts, state }: Entry,
  by: Caller,
  on: LegalDay,
): Promise<void> {
  const act = await enterActForPart(tx, part, { kind, businessId }, by, on);
  await enterVersion(tx, act, { businessId, version: version + 1 }, facts, state);
  await recordChange(tx, by, personsOf(facts), ["business_versions.*"]);
}

import type { LegalDay } from "../../_shared/reference/days.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import { LostRace, type Tx } from "../../_shared/serving/database.ts";
import { type ActOutcome, type Entry, performAct } from "../acts/perform-act.ts";
import { type Departure, enterDeparture, readDepartures, versionsBefore } from "../households/departures.ts";
import { lockHouseholds, type Member, type ReadHouseholds } from "../households/locked-households.ts";
import type { DeclaredHead } from "../households/relations.ts";
import type { ResidenceContext } from "../loaders.ts";
import { endedWith } from "../temporary/end-reasons.ts";
import { endTemporary, temporaryToEnd } from "../temporary/temporary-residences.ts";
import { enterStrikeOff } from "./entries.ts";
import { notResident, personUnknown } from "./errors.ts";
import type { ResidenceStrikeOffInput } from "./input.ts";
import { homeOf, residentsOf } from "./residents.ts";
import type { StrikeOffReason } from "./strike-off-reasons.ts";

/** Person to strike off, who heads the household afterwards if it is the head, and where the request names them. */
type Request = { personalId: string; newHead?: DeclaredHead | null; path: Path };
/** A strike-off that is possible, with what it means for the household. */
export type StrikeOff = { member: Member; departure: Departure };

/** Strikes a permanent residence off (xóa đăng ký thường trú), Law on Residence 68/2020, art. 24. */
export function strikeOff(
  ctx: ResidenceContext,
  input: ResidenceStrikeOffInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "STRIKE_OFF" as const, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const found = await examineStrikeOff(tx, { ...input, path: ["personalId"] }, act.on, problems, lockHouseholds);
    if (!found || problems.found.length > 0) return undefined;
    await enterStruckOff(tx, act, found, input.reason);
    return {
      persons: personsOf(found),
      households: [found.departure.household.id],
      changed: ["residency_versions.*", "household_versions.*"],
    };
  });
}

/** Finds what a strike-off changes; whatever prevents it becomes a problem. */
export async function examineStrikeOff(
  tx: Tx,
  { personalId, newHead, path }: Request,
  on: LegalDay,
  problems: Problems,
  read: ReadHouseholds,
): Promise<StrikeOff | undefined> {
  const number = problems.take(path, parsePersonalId(personalId));
  if (!number) return undefined;
  const resident = (await residentsOf(tx, [number])).get(number);
  const home = resident && homeOf(resident);
  if (!home) {
    problems.add(path, resident ? notResident() : personUnknown());
    return undefined;
  }
  const household = (await read(tx, [home])).get(home);
  const member = household?.members.find((each) => each.personalId === number);
  if (!household || !member) throw new LostRace();
  const heads = newHead ? [{ head: newHead, path: ["newHead"] }] : [];
  const before = problems.found.length;
  const [departure] = readDepartures([{ household, leaving: [member] }], { heads, path: ["newHead"] }, on, problems);
  return departure && problems.found.length === before ? { member, departure } : undefined;
}

/** Enters a strike-off with what it means for the household and for temporary residences. */
export async function enterStruckOff(
  tx: Tx,
  entry: Entry,
  { member, departure }: StrikeOff,
  reason: StrikeOffReason,
): Promise<void> {
  await enterStrikeOff(tx, entry, member, reason);
  await enterDeparture(tx, entry, departure);
  const temporary = endedWith(reason);
  if (temporary) await endTemporary(tx, entry, [member.personId], temporary);
}

/** Versions that a strike-off follows: those of temporary residences only if its reason ends them. */
export async function versionsBeforeStrikeOff(
  tx: Tx,
  { member, departure }: StrikeOff,
  reason: StrikeOffReason,
  on: LegalDay,
) {
  const temporary = endedWith(reason) ? await temporaryToEnd(tx, [member.personId], on) : [];
  return [...versionsBefore(departure), ...temporary.map(({ last }) => last)];
}

/** Persons whom a strike-off concerns: the person, and those who get a new head. */
export function personsOf({ member, departure: { headship, staying } }: StrikeOff): Member[] {
  return headship ? [member, ...staying] : [member];
}

import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Relation } from "../../_shared/reference/relations.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import { LostRace, type Tx } from "../../_shared/serving/database.ts";
import type { Concerned, Entry } from "../acts/perform-act.ts";
import {
  type DeclaredHeads,
  type Departure,
  enterDeparture,
  readDepartures,
  versionsBefore,
} from "../households/departures.ts";
import { headMissing, householdEnded, relationOfHead } from "../households/errors.ts";
import { enterHousehold } from "../households/households.ts";
import type { HouseholdState, Households, ReadHouseholds } from "../households/locked-households.ts";
import { demandEligible } from "../households/relations.ts";
import { endTemporary, temporaryToEnd } from "../temporary/temporary-residences.ts";
import type { HomeAddress } from "./addresses.ts";
import { type DeclaredPerson, readPersons } from "./declared-persons.ts";
import { enterResidency } from "./entries.ts";
import { alreadyMember } from "./errors.ts";
import { homeOf, type Resident } from "./residents.ts";

/** A person who moves, with the place in the input. */
export type DeclaredMover = DeclaredPerson & { relationToHead: Relation };
/** Destination of persons who move: into a household, or to an address at which one of them heads a new household. */
export type Destination = { householdId: string; path: Path } | { address: HomeAddress };
export type MoveRequest = { movers: readonly DeclaredMover[]; destination: Destination; newHeads: DeclaredHeads };

type Mover = { resident: Resident; relation: Relation; path: Path };
/** A move that is possible. `joined` is null for a new household. */
export type Move = {
  movers: readonly Mover[];
  destination: Destination;
  joined: HouseholdState | null;
  departures: readonly Departure[];
};

/** Finds what a move changes; whatever prevents it becomes a problem. */
export async function examineMove(
  tx: Tx,
  { movers: declared, destination, newHeads }: MoveRequest,
  on: LegalDay,
  problems: Problems,
  read: ReadHouseholds,
): Promise<Move | undefined> {
  const before = problems.found.length;
  const movers = await readMovers(tx, declared, problems);
  const homes = [...new Set(movers.flatMap(({ resident }) => homeOf(resident) ?? []))];
  const target = "householdId" in destination ? [destination.householdId] : [];
  const households = await read(tx, [...new Set([...homes, ...target])]);
  const joined = "householdId" in destination ? (households.get(destination.householdId) ?? null) : null;
  if ("householdId" in destination) demandJoinable(joined, movers, destination.path, problems);
  else demandOneHead(movers, on, problems);
  const left = homes.filter((home) => home !== joined?.id).map((home) => leavingOf(households, home, movers));
  const departures = readDepartures(left, newHeads, on, problems);
  return problems.found.length > before ? undefined : { movers, destination, joined, departures };
}

/** Enters a move: the former residence of each mover ends on the day on which the new one begins. */
export async function enterMove(tx: Tx, entry: Entry, { movers, destination, joined, departures }: Move) {
  const head = movers.find(({ relation }) => relation === "HEAD");
  const householdId =
    "address" in destination && head
      ? await enterHousehold(tx, entry, head.resident.personId, destination.address)
      : (joined?.id ?? "");
  for (const { resident, relation } of movers)
    await enterResidency(tx, entry, resident, { householdId, relationToHead: relation, registeredOn: entry.on });
  for (const departure of departures) await enterDeparture(tx, entry, departure);
  const persons = movers.map(({ resident }) => resident.personId);
  const home = homeAfter({ destination, joined });
  if (home) await endTemporary(tx, entry, persons, "PERMANENT_THERE", home);
  return householdId;
}

/** Versions that a move follows, and that of the household which is joined. */
export async function versionsBeforeMove(tx: Tx, move: Move, on: LegalDay) {
  const residents = move.movers.map(({ resident }) => resident);
  const home = homeAfter(move);
  const persons = residents.map(({ personId }) => personId);
  const temporary = home ? await temporaryToEnd(tx, persons, on, home) : [];
  return [
    ...residents.map(({ last }) => last),
    ...move.departures.flatMap(versionsBefore),
    ...temporary.map(({ last }) => last),
    move.joined?.last,
  ];
}

function homeAfter({ destination, joined }: Pick<Move, "destination" | "joined">) {
  return "address" in destination ? destination.address : joined?.last;
}

/** Persons whom a move concerns: who moves, and the members of the households that get a new head. */
export function concernedBy({ movers, departures }: Move): Concerned[] {
  const staying = departures.flatMap(({ headship, staying }) => (headship ? staying : []));
  return [...movers.map(({ resident }) => resident), ...staying];
}

/** Reads the persons who move; one who cannot be registered becomes a problem. */
export async function readMovers(tx: Tx, declared: readonly DeclaredMover[], problems: Problems): Promise<Mover[]> {
  const movers = await readPersons(tx, declared, problems);
  return movers.map(({ resident, relationToHead: relation, path }) => ({ resident, relation, path }));
}

function demandJoinable(joined: HouseholdState | null, movers: readonly Mover[], path: Path, problems: Problems): void {
  if (!joined || joined.last.validTo !== null) problems.add(path, householdEnded());
  for (const { resident, relation, path: mover } of movers) {
    if (joined?.members.some(({ personId }) => personId === resident.personId)) problems.add(mover, alreadyMember());
    if (relation === "HEAD") problems.add(mover, relationOfHead());
  }
}

function demandOneHead(movers: readonly Mover[], on: LegalDay, problems: Problems): void {
  const [head, ...others] = movers.filter(({ relation }) => relation === "HEAD");
  if (!head && movers.length > 0) problems.add(movers[0]?.path ?? [], headMissing());
  for (const { path } of others) problems.add(path, relationOfHead());
  const persons = movers.map(({ resident }) => resident);
  if (head) demandEligible(head.resident, persons, on, head.path, problems);
}

/** @throws LostRace if a mover has left the home before it was locked */
function leavingOf(households: Households, home: string, movers: readonly Mover[]) {
  const household = households.get(home);
  if (!household) throw new LostRace();
  const leaving = movers
    .filter(({ resident }) => homeOf(resident) === home)
    .map(({ resident }) => {
      const member = household.members.find(({ personId }) => personId === resident.personId);
      if (!member || member.residency.version !== resident.last?.version) throw new LostRace();
      return member;
    });
  return { household, leaving };
}

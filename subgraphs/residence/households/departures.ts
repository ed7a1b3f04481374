import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Entry } from "../acts/perform-act.ts";
import { enterEnd, enterHeadship } from "../residencies/entries.ts";
import { newHeadNeeded, newHeadNotNeeded } from "./errors.ts";
import type { HouseholdState, Member } from "./locked-households.ts";
import { type DeclaredHead, type Headship, readHeadship } from "./relations.ts";

/** A household that members leave. `headship` is null unless those who stay get a new head. */
export type Departure = {
  household: HouseholdState;
  leaving: readonly Member[];
  staying: readonly Member[];
  headship: Headship | null;
};
/** New heads that a request names, each with its place in the input, and the place where one is missing. */
export type DeclaredHeads = { heads: readonly { head: DeclaredHead; path: Path }[]; path: Path };

/** Reads what departures mean for the households; a new head that is missing or needless becomes a problem. */
export function readDepartures(
  left: readonly { household: HouseholdState; leaving: readonly Member[] }[],
  { heads, path }: DeclaredHeads,
  on: LegalDay,
  problems: Problems,
): Departure[] {
  const departures = left.map(({ household, leaving }) => ({
    ...{ household, leaving, headship: null },
    staying: household.members.filter((member) => !leaving.includes(member)),
  }));
  const headless = departures.filter(
    ({ household, leaving, staying }) => staying.length > 0 && losesHead(household, leaving),
  );
  const open = [...heads];
  const take = ({ staying }: Departure) => {
    const index = open.findIndex(({ head }) => staying.some(({ personalId }) => personalId === head.personalId));
    // a head who is no member of any of the households is reported for the first that lacks one
    const [taken] = open.splice(Math.max(index, 0), 1);
    return taken;
  };
  const readied = new Map(
    headless.map((departure) => {
      const declared = take(departure);
      if (!declared) problems.add(path, newHeadNeeded());
      const headship = declared && readHeadship(departure.staying, declared.head, on, declared.path, problems);
      return [departure.household.id, headship ?? null];
    }),
  );
  for (const needless of open) problems.add(needless.path, newHeadNotNeeded());
  return departures.map((departure) => ({ ...departure, headship: readied.get(departure.household.id) ?? null }));
}

/** Versions that a departure follows: of who leaves and, where it changes the household, of the household and of who stays in it. */
export function versionsBefore({ household, leaving, staying, headship }: Departure) {
  const isChanged = headship !== null || staying.length === 0;
  const members = headship ? [...leaving, ...staying] : leaving;
  return [...members.map(({ residency }) => residency), ...(isChanged ? [household.last] : [])];
}

/** Enters what departures mean for the household: it gets its new head, or ends with its last member. */
export async function enterDeparture(tx: Tx, entry: Entry, { household, staying, headship }: Departure): Promise<void> {
  if (headship) await enterHeadship(tx, entry, household, staying, headship);
  if (staying.length === 0) await enterEnd(tx, entry, household);
}

function losesHead({ last }: HouseholdState, leaving: readonly Member[]): boolean {
  return leaving.some(({ personId }) => personId === last.headPersonId);
}

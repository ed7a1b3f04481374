import { commune } from "../../_shared/reference/communes.ts";
import { parseEthnicityOf } from "../../_shared/reference/ethnic-groups.ts";
import { VIETNAMESE } from "../../_shared/reference/nationalities.ts";
import { earliestDay, parsePartialDate } from "../../_shared/reference/partial-dates.ts";
import { parsePersonName } from "../../_shared/reference/person-names.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { type ActOutcome, performAct } from "../acts/perform-act.ts";
import { takeBookNumber } from "../books/take-number.ts";
import type { BirthPersons } from "../contents.ts";
import { entryUnknown, identityChanges, nothingChanges } from "../corrections/errors.ts";
import { communeUnknown, eventInFuture } from "../errors.ts";
import type { CivilStatusContext } from "../loaders.ts";
import type { birthVersions } from "../tables.ts";
import type { BirthChangesInput, BirthCorrectionInput } from "./input.ts";
import { citizensOf, enterNextVersion, type LockedBirth, lockBirth } from "./locked-birth.ts";
import { demandPossibleAge, readParent } from "./read-parent.ts";

type Facts = Partial<typeof birthVersions.$inferInsert>;

/** Changes the facts of a birth: a new version, the one before stays readable (Law on Civil Status 60/2014, art. 26 to 29). */
export function correctBirth(
  ctx: CivilStatusContext,
  input: BirthCorrectionInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: input.kind, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const birth = await lockBirth(tx, input.birth, ["birth"], problems);
    if (!birth) return undefined;
    const facts = readFacts(input.changes, birth, problems);
    const persons = readPersons(input.changes, birth, problems);
    if (problems.found.length > 0) return undefined;
    if (!changes(facts, birth.version) && JSON.stringify(persons) === JSON.stringify(birth.persons)) {
      problems.add(["changes"], nothingChanges());
      return undefined;
    }
    await enterNextVersion(tx, act, birth, { facts, persons });
    await takeBookNumber(tx, "CHANGE", act);
    return { entries: [birth.head.id], citizens: citizensOf(birth), changed: ["birth_versions.*", "book_numbers.*"] };
  });
}

function readFacts(input: BirthChangesInput, { head, version }: LockedBirth, problems: Problems): Facts {
  const kind = version.nationality === VIETNAMESE ? "PERSON" : "FOREIGNER";
  const { fullName, sex, dateOfBirth, ethnicity, birthCommune, homeCommune } = input;
  const born = dateOfBirth ? problems.take(["changes", "dateOfBirth"], parsePartialDate(dateOfBirth)) : undefined;
  if (born && earliestDay(born) > head.registeredOn) problems.add(["changes", "dateOfBirth"], eventInFuture());
  for (const [name, code] of Object.entries({ birthCommune, homeCommune }))
    if (code && !commune(code)) problems.add(["changes", name], communeUnknown([]));
  return {
    ...(fullName && { fullName: problems.take(["changes", "fullName"], parsePersonName(fullName, kind)) }),
    ...(sex && { sex }),
    ...(born && { dateOfBirth: born }),
    ...(ethnicity && {
      ethnicity: problems.take(["changes", "ethnicity"], parseEthnicityOf(version.nationality, ethnicity)),
    }),
    ...(birthCommune && { birthCommune, birthCountry: null }),
    ...(homeCommune && { homeCommune }),
  };
}

/** Facts of the recorded parents. A parent who is not recorded is recognised instead; another person is no correction. */
function readPersons(input: BirthChangesInput, { version, persons }: LockedBirth, problems: Problems): BirthPersons {
  const next = { ...persons };
  for (const who of ["mother", "father"] as const) {
    const given = input[who];
    if (!given) continue;
    const path = ["changes", who];
    const recorded = persons[who];
    const read = readParent(given, path, problems);
    if (!recorded) problems.add(path, entryUnknown());
    if (!read || !recorded) continue;
    if (recorded.personalId && recorded.personalId !== read.personalId)
      problems.add([...path, "personalId"], identityChanges());
    demandPossibleAge(who, read, version.dateOfBirth, path, problems);
    next[who] = read;
  }
  return next;
}

function changes(facts: Facts, version: LockedBirth["version"]): boolean {
  return Object.entries(facts).some(([name, value]) => version[name as keyof typeof version] !== value); // keys of its columns
}

import { type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import { isTooYoungToMarry } from "../../_shared/reference/marriage-ages.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { eventInFuture } from "../errors.ts";
import { personKey } from "../persons/person-key.ts";
import { readPerson } from "../persons/read-person.ts";
import type { RecordedPerson } from "../persons/recorded.ts";
import { readFormerRegistration } from "../persons/registration-kinds.ts";
import { marriedOnRequired, onePerson, tooYoungToMarry } from "./errors.ts";
import type { CivilMarriageInput } from "./input.ts";

/** Facts of a marriage that are kept as one text. */
export type MarriageDetails = { husband: RecordedPerson; wife: RecordedPerson; formerRegistration: string | null };

export type MarriageFacts = MarriageDetails & { marriedOn: LegalDay };

/** The marriage of an input; undefined, with all problems, if a value is unreadable or impossible. */
export function readMarriage(input: CivilMarriageInput, on: LegalDay, problems: Problems): MarriageFacts | undefined {
  const husband = readPerson(input.husband, ["husband"], problems);
  const wife = readPerson(input.wife, ["wife"], problems);
  const marriedOn = input.kind === "REGISTERED" ? on : readDay(input, on, problems);
  const formerRegistration = readFormerRegistration(input, marriedOn, problems);
  const isOnePerson = husband && wife && personKey(husband) === personKey(wife);
  if (isOnePerson) problems.add(["wife"], onePerson());
  if (marriedOn) demandAges({ husband, wife }, marriedOn, problems);
  return husband && wife && marriedOn && !isOnePerson ? { husband, wife, marriedOn, formerRegistration } : undefined;
}

function readDay({ marriedOn: raw }: CivilMarriageInput, on: LegalDay, problems: Problems): LegalDay | undefined {
  if (!raw) {
    problems.add(["marriedOn"], marriedOnRequired());
    return undefined;
  }
  const day = problems.take(["marriedOn"], parseLegalDay(raw));
  if (day === undefined || day <= on) return day;
  problems.add(["marriedOn"], eventInFuture());
  return undefined;
}

type Couple = { husband: RecordedPerson | undefined; wife: RecordedPerson | undefined };

/** Adds a problem for each spouse who is too young. */
export function demandAges({ husband, wife }: Couple, on: LegalDay, problems: Problems): void {
  for (const [who, sex, person] of [["husband", "MALE", husband] as const, ["wife", "FEMALE", wife] as const])
    if (person && isTooYoungToMarry(sex, person.dateOfBirth, on))
      problems.add([who, "dateOfBirth"], tooYoungToMarry(sex));
}

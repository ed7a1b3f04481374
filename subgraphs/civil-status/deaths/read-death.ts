import { type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import { accepted, refused } from "../../_shared/reference/identifiers/parsed.ts";
import { earliestDay, latestDay, type PartialDate, parsePartialDate } from "../../_shared/reference/partial-dates.ts";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import { eventInFuture } from "../errors.ts";
import { readAddress, readDeclarant, readPerson } from "../persons/read-person.ts";
import type { RecordedAddress, RecordedDeclarant, RecordedPerson } from "../persons/recorded.ts";
import { readFormerRegistration } from "../persons/registration-kinds.ts";
import { deathBeforeBirth, deathNoticeRequired, timeMalformed } from "./errors.ts";
import type { CivilDeathInput, DeathFactsInput, DeathNoticeInput } from "./input.ts";

const LONGEST_TEXT = 200;
const LONGEST_NUMBER = 50;

export type DeathNotice = { number: string; issuedOn: LegalDay; issuer: string };

/** Facts of a death that are kept as one text. */
export type DeathDetails = {
  deceased: RecordedPerson;
  /** HH:mm; null if the time is not known. */
  diedAt: string | null;
  place: RecordedAddress;
  cause: string | null;
  notice: DeathNotice | null;
  /** Document in place of the notice. */
  withoutNotice: string | null;
  declarant: RecordedDeclarant;
  formerRegistration: string | null;
};

export type DeathFacts = { sex: "MALE" | "FEMALE"; diedOn: PartialDate; details: DeathDetails };

/** Statements of a registration beside the facts. */
type Registration = Pick<CivilDeathInput, "kind" | "formerRegistration">;

/** The death of an input; undefined, with all problems, if a value is unreadable or impossible. */
export function readDeath(
  input: DeathFactsInput & Registration,
  on: LegalDay,
  path: Path,
  problems: Problems,
): DeathFacts | undefined {
  const deceased = readPerson(input.deceased, [...path, "deceased"], problems);
  const diedOn = problems.take([...path, "diedOn"], parsePartialDate(input.diedOn));
  const place = readAddress(input.place, [...path, "place"], problems);
  const declarant = readDeclarant(input.declarant, [...path, "declarant"], problems);
  const details = {
    diedAt: input.diedAt ? (problems.take([...path, "diedAt"], parseTime(input.diedAt)) ?? null) : null,
    cause: optional(input.cause, [...path, "cause"], problems),
    notice: input.notice ? (readNotice(input.notice, on, [...path, "notice"], problems) ?? null) : null,
    withoutNotice: optional(input.withoutNotice, [...path, "withoutNotice"], problems),
    formerRegistration: readFormerRegistration(input, diedOn, problems),
  };
  if (input.kind === "REGISTERED" && !input.notice && !input.withoutNotice)
    problems.add([...path, "notice"], deathNoticeRequired());
  if (diedOn) demandPossibleDay(diedOn, deceased, on, [...path, "diedOn"], problems);
  if (!deceased || !diedOn || !place || !declarant || problems.found.length > 0) return undefined;
  return { sex: input.sex, diedOn, details: { deceased, place, declarant, ...details } };
}

function demandPossibleDay(
  diedOn: PartialDate,
  deceased: RecordedPerson | undefined,
  on: LegalDay,
  path: Path,
  problems: Problems,
): void {
  if (earliestDay(diedOn) > on) problems.add(path, eventInFuture());
  if (deceased && latestDay(diedOn) < earliestDay(deceased.dateOfBirth)) problems.add(path, deathBeforeBirth());
}

function readNotice(input: DeathNoticeInput, on: LegalDay, path: Path, problems: Problems): DeathNotice | undefined {
  const number = problems.take([...path, "number"], parseFreeText(input.number, LONGEST_NUMBER));
  const issuedOn = problems.take([...path, "issuedOn"], parseLegalDay(input.issuedOn));
  const issuer = problems.take([...path, "issuer"], parseFreeText(input.issuer, LONGEST_TEXT));
  if (issuedOn && issuedOn > on) problems.add([...path, "issuedOn"], eventInFuture());
  return number && issuedOn && issuer ? { number, issuedOn, issuer } : undefined;
}

function optional(raw: string | null | undefined, path: Path, problems: Problems): string | null {
  return raw ? (problems.take(path, parseFreeText(raw, LONGEST_TEXT)) ?? null) : null;
}

function parseTime(raw: string) {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(raw) ? accepted(raw) : refused(timeMalformed());
}

import { parsePersonalId, personalIdFacts } from "../../_shared/reference/identifiers/personal-id.ts";
import { parseNationality, VIETNAMESE } from "../../_shared/reference/nationalities.ts";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import { isUuid } from "../../_shared/reference/uuid.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { ParentRole } from "../birth-acts/tables.ts";
import { type BirthContent, birthContent } from "../contents.ts";
import { noticeRequired, sexContradictsNumber } from "../errors.ts";
import { type RegistrationKind, readFormerRegistration } from "../persons/registration-kinds.ts";
import { citizenIdMalformed, parentNotNamed, parentRequired, placeUnclear, yearContradictsNumber } from "./errors.ts";
import type { CivilBirthInput, CivilBirthPlaceInput } from "./input.ts";

const LONGEST_EVIDENCE = 300;
const LONGEST_FACILITY = 200;
const LONGEST_STATEMENT = 2_000;

/** Birth as an act states it. Values that are unreadable stay as they came, and their problems prevent the act. */
export type BirthAct = {
  content: BirthContent;
  citizen: { id: string; personalId: string } | null;
  recognition: { role: ParentRole; evidence: string } | null;
  registration: { kind: RegistrationKind; formerRegistration: string | null };
};

/** The birth of an input, with all problems that the input alone shows. */
export function readBirthAct(input: CivilBirthInput, problems: Problems): BirthAct {
  const { kind, child, mother, father } = input;
  const content = birthContent.parse(input);
  for (const { path, ...fault } of content.faults) problems.add(path, fault);
  demandReadable(child.placeOfBirth, child.withoutNotice?.text, problems);
  if (kind === "REGISTERED" && !child.birthNotice && !child.withoutNotice)
    problems.add(["child", "birthNotice"], noticeRequired());
  if (!mother && !father && child.withoutNotice?.kind !== "FOUNDLING_RECORD")
    problems.add(["mother"], parentRequired());
  const formerRegistration = readFormerRegistration(input, child.dateOfBirth, problems);
  return {
    ...{ content, registration: { kind, formerRegistration } },
    citizen: readCitizen(input, problems),
    recognition: readRecognition(input, problems),
  };
}

/** Adds a problem for each text that cannot be kept, and for a place that is both in Viet Nam and abroad. */
function demandReadable(
  { facilityName, commune, country }: CivilBirthPlaceInput,
  statement: string | undefined,
  problems: Problems,
): void {
  const path = ["child", "placeOfBirth"];
  if (facilityName) problems.take([...path, "facilityName"], parseFreeText(facilityName, LONGEST_FACILITY));
  if (statement !== undefined)
    problems.take(["child", "withoutNotice", "text"], parseFreeText(statement, LONGEST_STATEMENT));
  if (!country) return;
  problems.take([...path, "country"], parseNationality(country));
  if (commune || country === VIETNAMESE) problems.add([...path, "country"], placeUnclear());
}

/** The child as a citizen whom the population register has already; null for one without a number. */
function readCitizen({ citizen, child }: CivilBirthInput, problems: Problems): BirthAct["citizen"] {
  if (!citizen) return null;
  const at = (name: string): Path => ["citizen", name];
  if (!isUuid(citizen.id)) problems.add(at("id"), citizenIdMalformed());
  const personalId = problems.take(at("personalId"), parsePersonalId(citizen.personalId));
  if (!personalId || !isUuid(citizen.id)) return null;
  const { sex, birthYear } = personalIdFacts(personalId);
  if (sex !== child.sex) problems.add(at("personalId"), sexContradictsNumber());
  if (!child.dateOfBirth.startsWith(`${birthYear}-`)) problems.add(at("personalId"), yearContradictsNumber());
  return { id: citizen.id.toLowerCase(), personalId };
}

/** The recognition of a parent whom the birth names; null where there is none. */
function readRecognition(
  { recognition, mother, father }: CivilBirthInput,
  problems: Problems,
): BirthAct["recognition"] {
  if (!recognition) return null;
  const { role } = recognition;
  if (!(role === "MOTHER" ? mother : father)) problems.add(["recognition", "role"], parentNotNamed());
  const evidence = problems.take(["recognition", "evidence"], parseFreeText(recognition.evidence, LONGEST_EVIDENCE));
  return evidence ? { role, evidence } : null;
}

import type { Caller } from "../../../_shared/identity/caller.ts";
import { legalDayOf, parseLegalDay } from "../../../_shared/reference/days.ts";
import { parseByPattern, refused } from "../../../_shared/reference/identifiers/parsed.ts";
import { type PersonalId, parsePersonalId } from "../../../_shared/reference/identifiers/personal-id.ts";
import { parseTaxCode } from "../../../_shared/reference/identifiers/tax-code.ts";
import { type FreeText, parseFreeText, parsePersonName } from "../../../_shared/reference/person-names.ts";
import { tooManyEntries } from "../../../_shared/registers/act-faults.ts";
import { takeAddress, takeDeclarant, takeOffice } from "../../acceptance/input-values.ts";
import type { Problems } from "../../acceptance/problems.ts";
import { STAND_IN } from "../../acceptance/stand-ins.ts";
import { takeFilledBy } from "../../filled-by/filled-by.ts";
import { takeHandover } from "../../handover/delivery-choice.ts";
import { ownSubmitter } from "../../rights.ts";
import * as problem from "./business-start-problems.ts";
import type { BusinessStartRequest, Founder } from "./business-start-request.ts";
import type { BusinessStartBundleInput, FounderInput, NewBusinessInput, SocialInsuranceUnitInput } from "./input.ts";
import { licenceProcedure } from "./needed-licences.ts";

const LONGEST_NAME = 200;
const MOST_ENTRIES = 50;
const MOST_EMPLOYEES = 1_000_000;

/** Reads the input on the legal day of `now`; see `SubmittableKind.read`. */
export function readRequest(
  input: BusinessStartBundleInput,
  caller: Caller,
  now: Date,
  problems: Problems,
): BusinessStartRequest {
  const office = takeOffice(input.office, caller, problems);
  const declarant = takeDeclarant(input.declarant, problems);
  const submitter = ownSubmitter(caller);
  if (submitter !== null && declarant.personalId !== submitter) {
    problems.add(["declarant", "personalId"], problem.submitterIsNotDeclarant());
  }
  const { socialInsurance } = input;
  return {
    ...{ office, channel: input.channel, declarant, business: takeBusiness(input.business, problems) },
    socialInsurance: socialInsurance ? takeUnit(socialInsurance, now, problems) : null,
    licences: takeLicences(input, problems),
    handover: takeHandover(input.handover ?? { method: "DESK" }, declarant, problems),
    filledBy: takeFilledBy(input.filledBy, declarant.personalId, problems),
  };
}

/** Reads the business. Roles of its people, and what is registered already, are questions of the register. */
function takeBusiness(input: NewBusinessInput, problems: Problems): BusinessStartRequest["business"] {
  const { form, capitalVnd = null, people } = input;
  const text = (raw: string, name: string): FreeText =>
    problems.take<FreeText, string>(["business", name], parseFreeText(raw, LONGEST_NAME), STAND_IN.text);
  if (capitalVnd !== null && capitalVnd <= 0) problems.add(["business", "capitalVnd"], problem.capitalImpossible());
  if (people.length > MOST_ENTRIES) problems.add(["business", "people"], tooManyEntries(MOST_ENTRIES));
  return {
    ...{ form, capitalVnd, code: takeCode(input, problems), name: text(input.name, "name") },
    foreignName: input.foreignName ? text(input.foreignName, "foreignName") : null,
    shortName: input.shortName ? text(input.shortName, "shortName") : null,
    address: takeAddress(input.address, ["business", "address"], problems),
    lines: takeLines(input.lines, problems),
    people: people.slice(0, MOST_ENTRIES).map((each, index) => takeFounder(each, index, problems)),
  };
}

/** Code of an enterprise. A household business states neither a code nor other names. */
function takeCode(input: NewBusinessInput, problems: Problems): string | null {
  if (input.form === "HOUSEHOLD") {
    for (const name of ["code", "foreignName", "shortName"] as const)
      if (input[name]) problems.add(["business", name], problem.notOfHousehold());
    return null;
  }
  const path = ["business", "code"];
  if (input.code) return problems.take(path, parseTaxCode(input.code), null);
  return problems.take(path, refused(problem.enterpriseCodeRequired()), null);
}

function takeLines(input: readonly string[], problems: Problems): string[] {
  const path = ["business", "lines"];
  if (input.length === 0) problems.add(path, problem.linesMissing());
  if (input.length > MOST_ENTRIES) problems.add(path, tooManyEntries(MOST_ENTRIES));
  return input.slice(0, MOST_ENTRIES).map((raw, index) => {
    const line = parseByPattern<string>(raw, /^\d{4}$/, problem.lineMalformed());
    return problems.take<string, string>([...path, String(index)], line, STAND_IN.year);
  });
}

function takeFounder({ role, fullName, personalId }: FounderInput, index: number, problems: Problems): Founder {
  const at = (name: string) => ["business", "people", String(index), name];
  return {
    role,
    fullName: problems.take(at("fullName"), parsePersonName(fullName, "PERSON"), STAND_IN.name),
    personalId: problems.take<PersonalId, string>(at("personalId"), parsePersonalId(personalId), STAND_IN.personalId),
  };
}

function takeUnit(
  { employees, from }: SocialInsuranceUnitInput,
  now: Date,
  problems: Problems,
): BusinessStartRequest["socialInsurance"] {
  if (employees < 1 || employees > MOST_EMPLOYEES)
    problems.add(["socialInsurance", "employees"], problem.employeesImpossible(MOST_EMPLOYEES));
  const path = ["socialInsurance", "from"];
  return { employees, from: problems.take(path, parseLegalDay(from), legalDayOf(now)) };
}

/** Licences that the applicant chooses; null to ask for those that the lines of business need. */
function takeLicences({ licences, business }: BusinessStartBundleInput, problems: Problems) {
  if (!licences) return null;
  licences.forEach((licence, index) => {
    if (licenceProcedure(licence, business.form) === null)
      problems.add(["licences", String(index)], problem.licenceWithoutProcedure());
  });
  return [...new Set(licences)];
}

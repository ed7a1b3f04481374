import type { Caller } from "../../_shared/identity/caller.ts";
import { commune } from "../../_shared/reference/communes.ts";
import { type Parsed, refused } from "../../_shared/reference/identifiers/parsed.ts";
import { type PersonalId, parsePersonalId, personalIdFacts } from "../../_shared/reference/identifiers/personal-id.ts";
import { parsePhone } from "../../_shared/reference/identifiers/phone.ts";
import { type PartialDate, yearOf } from "../../_shared/reference/partial-dates.ts";
import { parseFreeText, parsePersonName } from "../../_shared/reference/person-names.ts";
import type { AddressInput } from "../applicants/input.ts";
import { maySubmitAt } from "../rights.ts";
import type { Address, Declarant } from "./application.ts";
import * as problem from "./problems.ts";
import { STAND_IN } from "./stand-ins.ts";

/** RFC 5321, section 4.5.3.1; \p{C} excludes invisible characters, which a register cannot store. */
const EMAIL = /^(?=.{3,254}$)[^\s@\p{C}]{1,64}@[^\s@.\p{C}]+(\.[^\s@.\p{C}]+)+$/u;

export function takeOffice(raw: string, caller: Caller, problems: problem.Problems): string {
  if (!commune(raw)) return problems.take(["office"], refused(problem.officeUnknown()), STAND_IN.commune);
  if (!maySubmitAt(caller, raw)) problems.add(["office"], problem.officeNotYours());
  return raw;
}

export function takeCommune(raw: string, path: string[], problems: problem.Problems): string {
  return commune(raw) ? raw : problems.take(path, refused(problem.communeUnknown()), STAND_IN.commune);
}

export function takeFacility(raw: string, path: string[], problems: problem.Problems): string {
  return /^\d{5}$/.test(raw) ? raw : problems.take(path, refused(problem.facilityMalformed()), STAND_IN.facility);
}

type StatedBeside = { sex: "MALE" | "FEMALE"; born: Parsed<PartialDate> };

/** Compares a personal number with the sex and the date of birth stated beside it. Unreadable values are compared with nothing. */
export function comparePersonalId(
  number: Parsed<PersonalId> | null,
  { sex, born }: StatedBeside,
  paths: { sex: string[]; born: string[] },
  problems: problem.Problems,
  sexFault = problem.sexContradictsNumber(),
): void {
  if (!number?.ok) return;
  const facts = personalIdFacts(number.value);
  if (facts.sex !== sex) problems.add(paths.sex, sexFault);
  if (born.ok && facts.birthYear !== yearOf(born.value)) problems.add(paths.born, problem.yearContradictsNumber());
}

const LONGEST_ADDRESS_LINE = 200;

export function takeAddress(input: AddressInput, path: string[], problems: problem.Problems): Address {
  return {
    line: problems.take([...path, "line"], parseFreeText(input.line, LONGEST_ADDRESS_LINE), STAND_IN.text),
    commune: takeCommune(input.commune, [...path, "commune"], problems),
  };
}

export function takeEmail(raw: string, path: string[], problems: problem.Problems): string | null {
  return EMAIL.test(raw) ? raw : problems.take(path, refused(problem.emailMalformed()), null);
}

type DeclarantFields = {
  fullName: string;
  personalId?: string | null;
  phone?: string | null;
  email?: string | null;
  address?: AddressInput | null;
};

/** Reads the person who submits the request. */
export function takeDeclarant(input: DeclarantFields, problems: problem.Problems): Declarant {
  const at = (name: string) => ["declarant", name];
  const { personalId } = input;
  return {
    fullName: problems.take(at("fullName"), parsePersonName(input.fullName, "PERSON"), STAND_IN.name),
    personalId: personalId ? problems.take(at("personalId"), parsePersonalId(personalId), null) : null,
    ...takeReach(input, problems),
  };
}

/** Reads how the person who submits the request is reached. */
export function takeReach(
  { phone, email, address }: Pick<DeclarantFields, "phone" | "email" | "address">,
  problems: problem.Problems,
): Pick<Declarant, "phone" | "email" | "address"> {
  const at = (name: string) => ["declarant", name];
  return {
    phone: phone ? problems.take(at("phone"), parsePhone(phone), null) : null,
    email: email ? takeEmail(email, at("email"), problems) : null,
    ...(address && { address: takeAddress(address, at("address"), problems) }),
  };
}

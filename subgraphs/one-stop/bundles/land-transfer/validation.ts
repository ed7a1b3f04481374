import type { Caller } from "../../../_shared/identity/caller.ts";
import { legalDayOf, parseLegalDay } from "../../../_shared/reference/days.ts";
import { parseLandCertificateSerial } from "../../../_shared/reference/identifiers/land-certificate.ts";
import { type PersonalId, parsePersonalId } from "../../../_shared/reference/identifiers/personal-id.ts";
import { type FreeText, parseFreeText, parsePersonName } from "../../../_shared/reference/person-names.ts";
import { tooManyEntries } from "../../../_shared/registers/act-faults.ts";
import { takeDeclarant, takeOffice } from "../../acceptance/input-values.ts";
import type { Problems } from "../../acceptance/problems.ts";
import { STAND_IN } from "../../acceptance/stand-ins.ts";
import { takeFilledBy } from "../../filled-by/filled-by.ts";
import { takeHandover } from "../../handover/delivery-choice.ts";
import { ownSubmitter } from "../../rights.ts";
import type { LandContractInput, LandTransferBundleInput, LandTransfereeInput, LandTransferorInput } from "./input.ts";
import * as problem from "./land-transfer-problems.ts";
import type { LandTransferRequest, TransferParty } from "./land-transfer-request.ts";

const LONGEST_NUMBER = 50;
const LONGEST_NAME = 200;
const MOST_PERSONS = 50;

/** Reads the input on the legal day of `now`; see `SubmittableKind.read`. Shares and holders are questions of the register. */
export function readRequest(
  input: LandTransferBundleInput,
  caller: Caller,
  now: Date,
  problems: Problems,
): LandTransferRequest {
  const office = takeOffice(input.office, caller, problems);
  const declarant = takeDeclarant(input.declarant, problems);
  const from = takeParties(input.from, "from", problems);
  const to = takeParties(input.to, "to", problems);
  const submitter = ownSubmitter(caller);
  const isParty = [...from, ...to].some(({ personalId }) => personalId === submitter);
  if (submitter !== null && (declarant.personalId !== submitter || !isParty))
    problems.add(["declarant", "personalId"], problem.submitterIsNoParty());
  const { certificate, parcel } = input.land;
  const at = (name: string) => ["land", name];
  return {
    ...{ office, channel: input.channel, declarant, contract: takeContract(input.contract, now, problems), from, to },
    land: {
      certificate: problems.take(at("certificate"), parseLandCertificateSerial(certificate), STAND_IN.text),
      parcel: problems.take<FreeText, string>(at("parcel"), parseFreeText(parcel, LONGEST_NUMBER), STAND_IN.text),
    },
    handover: takeHandover(input.handover ?? { method: "DESK" }, declarant, problems),
    filledBy: takeFilledBy(input.filledBy, declarant.personalId, problems) ?? null,
  };
}

function takeContract(input: LandContractInput, now: Date, problems: Problems): LandTransferRequest["contract"] {
  const at = (name: string) => ["contract", name];
  const day = parseLegalDay(input.signedOn);
  if (day.ok && day.value > legalDayOf(now)) problems.add(at("signedOn"), problem.contractInFuture());
  const text = (name: "number" | "notary", most: number): FreeText =>
    problems.take<FreeText, string>(at(name), parseFreeText(input[name], most), STAND_IN.text);
  return {
    ...{ kind: input.kind, number: text("number", LONGEST_NUMBER), notary: text("notary", LONGEST_NAME) },
    signedOn: problems.take(at("signedOn"), day, legalDayOf(now)),
  };
}

function takeParties(
  input: readonly (LandTransferorInput | LandTransfereeInput)[],
  side: "from" | "to",
  problems: Problems,
): TransferParty[] {
  if (input.length > MOST_PERSONS) problems.add([side], tooManyEntries(MOST_PERSONS));
  return input.slice(0, MOST_PERSONS).map(({ fullName, personalId, share }, index) => {
    const at = (name: string) => [side, String(index), name];
    const number = parsePersonalId(personalId);
    return {
      fullName: problems.take(at("fullName"), parsePersonName(fullName, "PERSON"), STAND_IN.name),
      personalId: problems.take<PersonalId, string>(at("personalId"), number, STAND_IN.personalId),
      share: share ? { numerator: share.numerator, denominator: share.denominator } : null,
    };
  });
}

import { uuidv7 } from "uuidv7";
import { addDays } from "../../_shared/reference/days.ts";
import { parseBusinessCode } from "../../_shared/reference/identifiers/tax-code.ts";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Act } from "../../_shared/registers/perform-act.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { type ActOutcome, entryOf, type Performed, performAct } from "../acts/perform-act.ts";
import { drawInsuranceNumbers, holderFacts } from "../cards/issue.ts";
import { enterTerms, type NewTerms } from "../cards/new-versions.ts";
import { benefitOf } from "../groups/groups.ts";
import type { HealthInsuranceContext } from "../loaders.ts";
import { cards } from "../tables.ts";
import { groupOfChildren, groupUnknown } from "./errors.ts";
import type { EnrollingEmployerInput, HealthInsuranceEnrolmentInput } from "./input.ts";
import { demandEnrollable, type Participant, readParticipants, termsWithin } from "./read-participants.ts";
import { enrolmentEmployers } from "./tables.ts";
import { readTerm, type Term } from "./terms.ts";

/** Largest number of participants of one act, whose statements do not grow with it; the cards stay locked meanwhile. */
const MOST_PARTICIPANTS = 500;
const LONGEST_EMPLOYER = 200;

/** Group in which participants are enrolled, and the two digits of the province that issues the cards. */
type Group = { objectCode: string; benefit: number; province: string };
type Enrolment = { group: Group; term: Term; participants: Participant[] };

/**
 * Enrols participants in one group, all of them or none: by an employer, or one person (báo tăng, cấp thẻ). A term of another group ends
 * the day before. `random` (0 ≤ x < 1) draws new insurance numbers.
 *
 * @throws NOT_FOUND if the officer's token names no province
 */
export function enrolParticipants(
  ctx: HealthInsuranceContext,
  input: HealthInsuranceEnrolmentInput,
  idempotencyKey: string,
  random: () => number,
): Promise<ActOutcome> {
  const { province } = ctx.caller;
  if (!province) throw notFound("province");
  const requested = { kind: "ENROLMENT" as const, input, idempotencyKey, mostEntries: MOST_PARTICIPANTS };
  return performAct(ctx, requested, async (tx, act, problems): Promise<Performed> => {
    const employer = input.employer && readEmployer(input.employer, problems);
    const enrolment = await readEnrolment(tx, act, input, province, problems);
    if (!enrolment || problems.found.length > 0) return undefined;
    if (employer) await tx.insert(enrolmentEmployers).values({ actId: act.id, ...employer });
    await enterEnrolment(tx, act, enrolment, random);
    return {
      citizens: enrolment.participants.map(({ personalId }) => personalId),
      changed: ["cards.*", "card_versions.*", "enrolment_employers.*"],
    };
  });
}

function readEmployer({ code: rawCode, name: rawName }: EnrollingEmployerInput, problems: Problems) {
  const code = problems.take(["employer", "code"], parseBusinessCode(rawCode));
  const name = problems.take(["employer", "name"], parseFreeText(rawName, LONGEST_EMPLOYER));
  return code && name ? { code, name } : undefined;
}

async function readEnrolment(
  tx: Tx,
  { on }: Act,
  input: HealthInsuranceEnrolmentInput,
  province: string,
  problems: Problems,
): Promise<Enrolment | undefined> {
  const { objectCode } = input;
  const benefit = await benefitOf(tx, objectCode);
  if (benefit === undefined) problems.add(["objectCode"], groupUnknown());
  if (objectCode === "TE") problems.add(["objectCode"], groupOfChildren());
  const term = readTerm(input, on, problems);
  const participants = await readParticipants(tx, input, problems);
  if (term) for (const each of participants) demandEnrollable(each, objectCode, term, problems);
  return benefit !== undefined && term ? { group: { objectCode, benefit, province }, term, participants } : undefined;
}

async function enterEnrolment(
  tx: Tx,
  act: Act,
  { group, term, participants }: Enrolment,
  random: () => number,
): Promise<void> {
  const newcomers = participants.filter(({ state }) => !state);
  const numbers = await drawInsuranceNumbers(tx, newcomers.length, random);
  const heads = newcomers.map(({ personalId }, index) => {
    const number = numberOf(group, numbers[index] ?? "");
    return { id: uuidv7(), number, personalId, officeProvince: group.province };
  });
  // in one order, so that two lists with the same persons do not wait for each other
  await insertMany(
    tx,
    cards,
    heads.toSorted((one, other) => (one.personalId < other.personalId ? -1 : 1)),
  );
  const idOf = new Map(heads.map(({ personalId, id }) => [personalId as string, id]));
  const entered = participants.map((each) => newTermsOf(each, idOf.get(each.personalId) ?? "", group, term));
  await enterTerms(tx, entryOf(act), entered);
}

/** The new term of a participant, after what ends for it. `newId` is the card's id if the participant has none. */
function newTermsOf(participant: Participant, newId: string, group: Group, term: Term): NewTerms {
  const { state, facility } = participant;
  const ended = state ? termsWithin(state, term).map((each) => ({ ...each, cardValidTo: addDays(term.from, -1) })) : [];
  const number = state ? numberOf(group, state.card.insuranceNumber) : null;
  const facts = {
    ...{ facilityCode: facility, cardValidFrom: term.from, cardValidTo: term.to, closedOn: null },
    ...{ objectCode: group.objectCode, benefit: group.benefit },
    number: number === state?.card.number ? null : number,
    ...holderFacts(participant),
  };
  return { cardId: state?.card.id ?? newId, last: state?.last ?? null, terms: [...ended, facts] };
}

function numberOf({ objectCode, benefit, province }: Group, insuranceNumber: string): string {
  return `${objectCode}${benefit}${province}${insuranceNumber}`;
}

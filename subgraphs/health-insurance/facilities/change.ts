import type { LegalDay } from "../../_shared/reference/days.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { sameName } from "../../_shared/reference/person-names.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type ActOutcome, type Entry, entryOf, performAct } from "../acts/perform-act.ts";
import { type CardState, type CardVersion, lockCard, type ReadCard, termsFrom } from "../cards/card-state.ts";
import { cardClosed, cardExpired, participantNameDiffers, participantUnknown } from "../cards/errors.ts";
import { enterTerms } from "../cards/new-versions.ts";
import type { HealthInsuranceContext } from "../loaders.ts";
import type { FacilityChangeReason } from "./change-reasons.ts";
import { facilityChangeRule, nextChangeDay } from "./change-rule.ts";
import { facilityChangeNotYet, facilityNotListed, facilityUnchanged } from "./errors.ts";
import { facilityExists } from "./facilities.ts";
import type { CareFacilityChangeInput } from "./input.ts";

/** Change as an officer or a dossier requests it, with the places of its values. A dossier states the name, too. */
export type FacilityChange = {
  personalId: string;
  fullName?: string;
  facility: string;
  reason: FacilityChangeReason;
  person: Path;
};

/** Changes the facility of first care (đổi nơi đăng ký khám chữa bệnh ban đầu), Law on Health Insurance 25/2008/QH12, art. 26. */
export function changeCareFacility(
  ctx: HealthInsuranceContext,
  input: CareFacilityChangeInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "FACILITY_CHANGE" as const, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const card = await examineFacilityChange(tx, { ...input, person: [] }, act.on, problems, lockCard);
    if (!card || problems.found.length > 0) return undefined;
    await enterFacilityChange(tx, entryOf(act), card, { facilityCode: input.facility });
    return { citizens: [card.card.personalId], changed: ["card_versions.*"] };
  });
}

/** The card whose facility may be changed on a day. Everything that prevents it becomes a problem. */
export async function examineFacilityChange(
  tx: Tx,
  { personalId, fullName, facility, reason, person }: FacilityChange,
  on: LegalDay,
  problems: Problems,
  read: ReadCard,
): Promise<CardState | undefined> {
  const number = problems.take([...person, "personalId"], parsePersonalId(personalId));
  const card = number && (await read(tx, number));
  const term = number && demandValid(card, [...person, "personalId"], on, problems);
  const holderName = card?.last.holderName ?? null;
  if (fullName !== undefined && holderName !== null && !sameName(holderName, fullName))
    problems.add([...person, "fullName"], participantNameDiffers());
  if (!(await facilityExists(tx, facility))) problems.add(["facility"], facilityNotListed());
  else if (term?.facilityCode === facility) problems.add(["facility"], facilityUnchanged());
  const rule = await facilityChangeRule(tx);
  const from = nextChangeDay(rule, on);
  if (on < from && !(reason === "MOVE" && rule.isOpenToMovers)) problems.add(["reason"], facilityChangeNotYet(from));
  return card;
}

/** The term in force on a day, or the next one; undefined, with a problem, if there is none. */
function demandValid(
  card: CardState | undefined,
  path: Path,
  on: LegalDay,
  problems: Problems,
): CardVersion | undefined {
  const [term] = card ? termsFrom(card, on) : [];
  const lastDay = card?.terms.at(-1)?.cardValidTo ?? on;
  if (!card) problems.add(path, participantUnknown());
  else if (card.last.closedOn !== null) problems.add(path, cardClosed());
  else if (!term) problems.add(path, cardExpired(lastDay));
  return term;
}

/**
 * Enters the other facility for the term in force and the later ones. A part is judged by the day of its receipt, on which its term was in
 * force, however late it is granted.
 */
export function enterFacilityChange(
  tx: Tx,
  entry: Entry,
  state: CardState,
  { facilityCode, judgedOn = entry.on }: { facilityCode: string; judgedOn?: LegalDay },
): Promise<void> {
  const { card, last } = state;
  const terms = termsFrom(state, judgedOn).map((term) => ({ ...term, facilityCode }));
  return enterTerms(tx, entry, [{ cardId: card.id, last, terms }]);
}

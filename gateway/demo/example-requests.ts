import { DEFAULT_COMMUNE, type FamilyInput } from "../../subgraphs/_shared/demo/population.ts";
import type { LegalDay } from "../../subgraphs/_shared/reference/days.ts";

/* Requests of life events that examples make for families of the demo. */

/** Request after the death of a family's father, declared by his wife. */
export function deathOfFather({ mother, father, household }: FamilyInput, today: LegalDay) {
  const { fullName, personalId, dateOfBirth, ethnicity, nationality } = father;
  return {
    ...{ office: DEFAULT_COMMUNE, channel: "DESK", strikeOffResidence: true, closeCard: true },
    declarant: {
      ...{ fullName: mother.fullName, personalId: mother.personalId },
      ...{ relation: "SPOUSE", phone: "0912345678" },
    },
    deceased: {
      ...{ fullName, personalId, dateOfBirth, ethnicity, nationality, sex: "MALE" },
      lastResidence: household.address,
    },
    death: {
      ...{ diedOn: today, place: household.address, cause: "Bệnh lý" },
      notice: { number: "BT-01", issuedOn: today, issuer: "Trung tâm Y tế khu vực (mẫu)" },
    },
    newHead: household.headPersonalId === personalId ? { personalId: mother.personalId } : null,
    funeralAllowance: { group: "SOCIAL_PROTECTION" },
    handover: { method: "DESK" },
  };
}

/** Start of an eatery, which needs a food safety certificate and employs two persons. */
export function startOfEatery({ mother, household }: FamilyInput, today: LegalDay) {
  const { fullName, personalId } = mother;
  return {
    ...{ office: DEFAULT_COMMUNE, channel: "DESK", handover: { method: "DESK" } },
    declarant: { fullName, personalId, phone: "0912345678" },
    business: {
      ...{ form: "HOUSEHOLD", name: `Quán ăn Mẫu ${personalId}`, address: household.address, lines: ["5610"] },
      ...{ capitalVnd: 50_000_000, people: [{ role: "OWNER", fullName, personalId }] },
    },
    socialInsurance: { employees: 2, from: today },
  };
}

/** Request for the marriage of the man of one couple with the woman of another one, whom no register has as married. */
export function marriageOf(his: FamilyInput, hers: FamilyInput, code: string) {
  const spouse = ({ father, mother, household }: FamilyInput, who: "father" | "mother") => ({
    ...(who === "father" ? father : mother),
    ...{ residence: household.address, maritalStatus: "NEVER_MARRIED" },
  });
  const isHead = his.household.headPersonalId === his.father.personalId;
  const leavesOthers = hers.household.headPersonalId === hers.mother.personalId;
  return {
    ...{ office: DEFAULT_COMMUNE, channel: "DESK", declarant: { spouse: "HUSBAND", phone: "0912345678" } },
    ...{ husband: spouse(his, "father"), wife: spouse(hers, "mother") },
    household: {
      ...{ mover: "WIFE", code, relationToHead: isHead ? "WIFE" : "OTHER", hasConsent: true },
      newHead: leavesOthers ? { personalId: hers.father.personalId } : null,
    },
    handover: { method: "DESK" },
  };
}

import { families, familyInput } from "../../subgraphs/_shared/demo/population.ts";
import { chanceOf } from "../../subgraphs/_shared/demo/population-chance.ts";
import { addDays, type LegalDay } from "../../subgraphs/_shared/reference/days.ts";
import { type BirthRequest, freshBirthRequest } from "../demo/birth-request.ts";

const FACILITY = { code: "93012", name: "Trung tâm Y tế khu vực (mẫu)" };
const DAYS_OF_BIRTH = 40;
const NOTICES = 100_000;

export type BirthInput = Omit<BirthRequest["input"], "residence" | "insurance"> & {
  residence: BirthRequest["input"]["residence"] | null;
  insurance: BirthRequest["input"]["insurance"] | null;
};
/** Branches that a request omits. */
export type Branches = { residence?: false; insurance?: false };

/**
 * Request of the n-th child (0 to 99,999) from the desk of a commune, the same for the same n and day. No two children share
 * a birth notice; children of one couple are 2,400 apart and are born on different days.
 */
export function requestFor(n: number, office: string, today: LegalDay, without: Branches = {}): BirthInput {
  if (n >= NOTICES) throw new Error(`There are only ${NOTICES} birth notices, not ${n + 1}`);
  const couples = families();
  const couple = couples[n % couples.length];
  if (!couple) throw new Error("The demo population is empty");
  const chance = chanceOf(n);
  const day = addDays(today, -1 - (Math.floor(n / couples.length) % DAYS_OF_BIRTH));
  const random = () => chance.below(2 ** 20) / 2 ** 20;
  const { input } = freshBirthRequest(familyInput(couple), FACILITY, { day, random, key: "", waitMs: 0 });
  return {
    ...input,
    office,
    child: { ...input.child, birthNotice: `${String(n).padStart(5, "0")}.GCS.${FACILITY.code}.${day.slice(2, 4)}` },
    residence: without.residence === false ? null : input.residence,
    insurance: without.insurance === false ? null : input.insurance,
  };
}

import { families, familyInput } from "../../subgraphs/_shared/demo/population.ts";
import { seededRandom } from "../../subgraphs/_shared/demo/population-random.ts";
import { addDays, type LegalDay } from "../../subgraphs/_shared/reference/days.ts";
import { type BirthRequest, freshBirthRequest } from "../demo/birth-request.ts";

const FACILITY = { code: "93012", name: "Trung tâm Y tế khu vực (mẫu)" };
/** Largest number of children of one birth that a request may declare. */
const MOST_OF_A_BIRTH = 10;

export type BirthInput = Omit<BirthRequest["input"], "residence" | "insurance"> & {
  residence: BirthRequest["input"]["residence"] | null;
  insurance: BirthRequest["input"]["insurance"] | null;
};
/** Branches that a request omits. */
export type Branches = { residence?: false; insurance?: false };

/**
 * Request of the n-th child (0 to 23,999) from the desk of a commune, the same for the same n and day. No two children share
 * a birth notice. Children of one couple are 2,400 apart, and are declared as one multiple birth: any other second child
 * within 200 days waits for an officer.
 */
export function requestFor(n: number, office: string, today: LegalDay, without: Branches = {}): BirthInput {
  const couples = families();
  const place = Math.floor(n / couples.length);
  if (place >= MOST_OF_A_BIRTH) throw new Error(`The couples of the demo have no child ${n + 1}`);
  const couple = couples[n % couples.length];
  if (!couple) throw new Error("The demo population is empty");
  const random = seededRandom(n);
  const day = addDays(today, -1);
  const fraction = () => random.below(2 ** 20) / 2 ** 20;
  const { input } = freshBirthRequest(familyInput(couple), FACILITY, { day, random: fraction, key: "", waitMs: 0 });
  return {
    ...input,
    office,
    child: {
      ...input.child,
      birthNotice: `${String(n).padStart(5, "0")}.GCS.${FACILITY.code}.${day.slice(2, 4)}`,
      multipleBirth: { order: place + 1, of: MOST_OF_A_BIRTH },
    },
    residence: without.residence === false ? null : input.residence,
    insurance: without.insurance === false ? null : input.insurance,
  };
}

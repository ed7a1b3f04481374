import { recordChange } from "../../_shared/access-log/recorder.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import { type Part, procedure } from "../../_shared/parts/procedure.ts";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import { LostRace, type Tx } from "../../_shared/serving/database.ts";
import { type SplitContent, splitContent } from "../contents.ts";
import { versionsBefore } from "../households/departures.ts";
import { demandFormerCode, newHouseholdCode } from "../households/household-codes.ts";
import {
  type HouseholdState,
  lockHouseholds,
  type ReadHouseholds,
  readHouseholds,
} from "../households/locked-households.ts";
import { enterSplit, examineSplit, type Split } from "../households/split.ts";
import { notResident, personUnknown } from "../residencies/errors.ts";
import { homeOf, residentsOf } from "../residencies/residents.ts";
import { demandNames, withLaw } from "./form-persons.ts";

const SPLIT_LAW = "Luật Cư trú số 68/2020/QH14, Điều 25";

/**
 * Split of a household (tách hộ), procedure 1.010038: Law on Residence 68/2020, art. 25. The person of the form heads the new one. An
 * officer looks at every one, because the register does not know who has consented.
 */
export const householdSplit = procedure({
  procedure: "1.010038",
  content: splitContent,
  examine: async (tx, part) => {
    const { problems } = await examine(tx, part, readHouseholds);
    return { problems, verify: ["CONSENT_NOT_PROVEN"], found: undefined };
  },
  grant: async (tx, part, _found, by, on) => {
    const { split } = await examine(tx, part, lockHouseholds);
    if (!split) throw new LostRace(); // an act changed the household after the examination
    const { household, leaving } = split.departure;
    const made = await newHouseholdCode(tx, household.last, part.content.grantedBefore?.householdCode);
    await enterSplit(tx, { on, by: by.subject, ground: part.dossier, ...made }, split);
    const citizens = household.members.map(({ personalId }) => personalId);
    await recordChange(tx, by, citizens, ["residency_versions.*", "household_versions.*"]);
    const own = leaving.find(({ personalId }) => personalId === part.content.person.personalId);
    return { ...(own && { result: { type: "Residency" as const, id: own.residency.residencyId } }), facts: made };
  },
});

/** Examines the request by the law of the day on which it was received. */
async function examine(tx: Tx, { content, receivedAt }: Part<SplitContent>, read: ReadHouseholds) {
  const problems = new Problems();
  const { person, members, newHead, grantedBefore: former } = content;
  await demandFormerCode(tx, former, problems);
  await demandNames(tx, [{ ...person, path: ["person"] }], problems);
  const household = await householdOf(tx, person.personalId, problems, read);
  const inForm = new Problems();
  const request = { newHousehold: { personalId: person.personalId, relations: members }, newHead: newHead ?? null };
  const split: Split | undefined = household && examineSplit(household, request, legalDayOf(receivedAt), inForm);
  problems.found.push(...inForm.found.map((problem) => ({ ...problem, path: pathInForm(problem.path) })));
  const versions = split ? [...versionsBefore(split.departure), split.departure.household.last] : [];
  problems.found.push(...newerFactProblems(content, versions));
  const found = withLaw(problems, SPLIT_LAW);
  return { problems: found, split: found.length > 0 ? undefined : split };
}

/** The household in which the person lives. */
async function householdOf(
  tx: Tx,
  raw: string,
  problems: Problems,
  read: ReadHouseholds,
): Promise<HouseholdState | undefined> {
  const path = ["person", "personalId"];
  const number = problems.take(path, parsePersonalId(raw));
  const resident = number && (await residentsOf(tx, [number])).get(number);
  const home = resident && homeOf(resident);
  if (number && !home) problems.add(path, resident ? notResident() : personUnknown());
  const household = home ? (await read(tx, [home])).get(home) : undefined;
  if (household && !household.members.some(({ personalId }) => personalId === number)) throw new LostRace();
  return household;
}

/** Place in the form, which names the head of the new household and its members apart. */
function pathInForm([first = "", ...rest]: readonly string[]): string[] {
  if (first !== "newHousehold") return [first, ...rest];
  return rest[0] === "relations" ? ["members", ...rest.slice(1)] : ["person", ...rest];
}

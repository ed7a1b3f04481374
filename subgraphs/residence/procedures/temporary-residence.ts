import { recordChange } from "../../_shared/access-log/recorder.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import { type Part, procedure } from "../../_shared/parts/procedure.ts";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import { LostRace, type Tx } from "../../_shared/serving/database.ts";
import { type TemporaryContent, temporaryContent } from "../contents.ts";
import { enterStay, examineStay, versionsBeforeStay } from "../temporary/register.ts";
import { lockNumbers } from "../temporary/temporary-residences.ts";
import { declaredNumbers, demandNames, demandOwnHousehold, formPersons, withLaw } from "./form-persons.ts";

const REGISTRATION_LAW = "Luật Cư trú số 68/2020/QH14, Điều 27 và 28";

/**
 * Registration of a temporary residence (đăng ký tạm trú), procedure 1.004194: Law on Residence 68/2020, art. 27 and 28. An officer looks
 * at every one, because no register proves that the dwelling is lawful.
 */
export const temporaryResidence = procedure({
  procedure: "1.004194",
  content: temporaryContent,
  examine: async (tx, part) => {
    const { problems } = await examine(tx, part);
    return { problems, verify: ["LAWFUL_DWELLING_NOT_PROVEN"], found: undefined };
  },
  grant: async (tx, part, _found, by, on) => {
    const persons = formPersons(part.content).map(({ personalId }) => personalId);
    await lockNumbers(tx, persons);
    const { stay } = await examine(tx, part);
    if (!stay) throw new LostRace(); // an act registered another stay after the examination
    const { startsOn, endsOn } = stay.term;
    // a stay that is over before the officer decides is entered from the day of the request
    const term = { startsOn: on > endsOn ? startsOn : on, endsOn };
    await enterStay(tx, { on, by: by.subject, ground: part.dossier }, { ...stay, term });
    await recordChange(tx, by, persons, ["temporary_residences.*", "temporary_residence_versions.*"]);
    return { facts: {} };
  },
});

/** Examines the request by the law of the day on which it was received. */
async function examine(tx: Tx, { content, receivedAt }: Part<TemporaryContent>) {
  const problems = new Problems();
  const persons = formPersons(content);
  await demandNames(tx, persons, problems);
  await demandOwnHousehold(tx, content, problems);
  const request = {
    persons: declaredNumbers(persons),
    address: { declared: content.temporaryAddress, path: ["temporaryAddress"] },
    endsOn: { day: content.until, path: ["until"] },
  };
  const stay = await examineStay(tx, request, legalDayOf(receivedAt), problems);
  if (stay) problems.found.push(...newerFactProblems(content, await versionsBeforeStay(tx, stay)));
  const found = withLaw(problems, REGISTRATION_LAW);
  return { problems: found, stay: found.length > 0 ? undefined : stay };
}

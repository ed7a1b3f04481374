import { recordChange } from "../../_shared/access-log/recorder.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import { type Part, procedure } from "../../_shared/parts/procedure.ts";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import { LostRace, type Tx } from "../../_shared/serving/database.ts";
import { type TemporaryEndContent, temporaryEndContent } from "../contents.ts";
import { staysInCommune } from "../temporary/stays-in-commune.ts";
import { enterVersion, lockNumbers } from "../temporary/temporary-residences.ts";
import { declaredNumbers, demandNames, formPersons, withLaw } from "./form-persons.ts";

const END_LAW = "Luật Cư trú số 68/2020/QH14, Điều 29";

/**
 * End of a temporary residence before its last day (xóa đăng ký tạm trú), procedure 1.010028: Law on Residence 68/2020, art. 29. An officer
 * looks at every one, because the register does not know the ground.
 */
export const temporaryEnd = procedure({
  procedure: "1.010028",
  content: temporaryEndContent,
  examine: async (tx, part) => {
    const { problems } = await examine(tx, part);
    return { problems, verify: ["GROUND_NOT_PROVEN"], found: undefined };
  },
  grant: async (tx, part, _found, by, on) => {
    const entry = { on, by: by.subject, ground: part.dossier };
    const persons = formPersons(part.content).map(({ personalId }) => personalId);
    await lockNumbers(tx, persons);
    const { stays } = await examine(tx, part);
    if (stays.length === 0) throw new LostRace(); // an act ended a stay after the examination
    for (const { state } of stays) await enterVersion(tx, entry, state, { endReason: part.content.reason });
    await recordChange(tx, by, persons, ["temporary_residence_versions.*"]);
    return { facts: {} };
  },
});

/** Finds the stays by the day on which the request was received; none if there are problems. */
async function examine(tx: Tx, { content, receivedAt }: Part<TemporaryEndContent>) {
  const problems = new Problems();
  const persons = formPersons(content);
  await demandNames(tx, persons, problems);
  const address = { declared: content.temporaryAddress, path: ["temporaryAddress"] };
  const wanted = { persons: declaredNumbers(persons), address };
  const stays = await staysInCommune(tx, wanted, legalDayOf(receivedAt), problems);
  const versions = stays.map(({ state }) => state.last);
  problems.found.push(...newerFactProblems(content, versions));
  const found = withLaw(problems, END_LAW);
  return { problems: found, stays: found.length > 0 ? [] : stays };
}

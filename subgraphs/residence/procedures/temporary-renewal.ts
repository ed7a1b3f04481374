import { recordChange } from "../../_shared/access-log/recorder.ts";
import { newerFactProblems } from "../../_shared/parts/newer-facts.ts";
import { type Part, procedure } from "../../_shared/parts/procedure.ts";
import { addDays, type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import { LostRace, type Tx } from "../../_shared/serving/database.ts";
import { type TemporaryContent, temporaryContent } from "../contents.ts";
import { demandRenewable } from "../temporary/renew-end.ts";
import { type FoundStay, staysInCommune } from "../temporary/stays-in-commune.ts";
import { enterVersion, lockNumbers } from "../temporary/temporary-residences.ts";
import { readTerm, type Term } from "../temporary/terms.ts";
import { declaredNumbers, demandNames, formPersons, withLaw } from "./form-persons.ts";

const RENEWAL_LAW = "Luật Cư trú số 68/2020/QH14, Điều 28 khoản 3";

/**
 * Renewal of a temporary residence (gia hạn tạm trú), procedure 1.002755: Law on Residence 68/2020, art. 28 (3). A request of the last
 * 15 days of the term is in time, however long an officer takes to look at the dwelling.
 */
export const temporaryRenewal = procedure({
  procedure: "1.002755",
  content: temporaryContent,
  examine: async (tx, part) => {
    const { problems } = await examine(tx, part);
    return { problems, verify: ["LAWFUL_DWELLING_NOT_PROVEN"], found: undefined };
  },
  grant: async (tx, part, _found, by, on) => {
    const entry = { on, by: by.subject, ground: part.dossier };
    const persons = formPersons(part.content).map(({ personalId }) => personalId);
    await lockNumbers(tx, persons);
    const { renewals } = await examine(tx, part);
    if (renewals.length === 0) throw new LostRace(); // an act changed a stay after the examination
    for (const { state, term } of renewals) await enterVersion(tx, entry, state, term);
    await recordChange(tx, by, persons, ["temporary_residence_versions.*"]);
    return { facts: {} };
  },
});

type Renewal = FoundStay & { term: Term };

/** Examines the request by the law of the day on which it was received. `renewals` is empty if there are problems. */
async function examine(tx: Tx, { content, receivedAt }: Part<TemporaryContent>) {
  const on = legalDayOf(receivedAt);
  const problems = new Problems();
  const persons = formPersons(content);
  await demandNames(tx, persons, problems);
  const address = { declared: content.temporaryAddress, path: ["temporaryAddress"] };
  const stays = await staysInCommune(tx, { persons: declaredNumbers(persons), address }, on, problems);
  for (const { state, path } of stays) demandRenewable(state, on, path, problems);
  const renewals = renewalsOf(stays, content.until, problems);
  const versions = stays.map(({ state }) => state.last);
  problems.found.push(...newerFactProblems(content, versions));
  const found = withLaw(problems, RENEWAL_LAW);
  return { problems: found, renewals: found.length > 0 ? [] : renewals };
}

/** The next term of each stay, read once for all that end on the same day. */
function renewalsOf(stays: readonly FoundStay[], until: string, problems: Problems): Renewal[] {
  const read = new Map<LegalDay, Term | undefined>();
  for (const { endsOn } of stays.map(({ state }) => state.last))
    if (!read.has(endsOn)) read.set(endsOn, readTerm(addDays(endsOn, 1), until, ["until"], problems));
  return stays.flatMap((stay) => {
    const term = read.get(stay.state.last.endsOn);
    return term ? [{ ...stay, term }] : [];
  });
}

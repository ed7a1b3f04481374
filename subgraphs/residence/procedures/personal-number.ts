import { randomInt } from "node:crypto";
import { eq, or } from "drizzle-orm";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import type { Caller } from "../../_shared/identity/caller.ts";
import { parentNumbers } from "../../_shared/parts/content.ts";
import { type Part, type PartProblem, type ProcedureHandler, procedure } from "../../_shared/parts/procedure.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { soundOf } from "../../_shared/reference/name-likeness.ts";
import { yearOf } from "../../_shared/reference/partial-dates.ts";
import { enteredFor } from "../../_shared/registers/columns.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { badUserInput } from "../../_shared/serving/errors.ts";
import type { SerialRange } from "../configuration.ts";
import { type PersonalNumberContent, personalNumberContent } from "../contents.ts";
import { formerNumberTaken, serialsExhausted } from "../errors.ts";
import { examineParents } from "../persons/persons.ts";
import { type Provenance, provenanceOf } from "../provenance.ts";
import { persons, personVersions } from "../tables.ts";

type NumberPart = Part<PersonalNumberContent>;
type Newborn = PersonalNumberContent["child"];
/** A whole number from `from` up to, but not including, `to`. */
type Draw = (from: number, to: number) => number;

const DRAWS = 100;

/**
 * The step "personal-number": the number that the national population database gives a newborn at the registration of
 * birth (Law on Identity 26/2023, art. 12; Decree 63/2024). It is not a part of the dossier.
 */
export function personalNumber(range: SerialRange, draw: Draw = randomInt): ProcedureHandler<PersonalNumberContent> {
  return procedure({
    procedure: "personal-number",
    content: personalNumberContent,
    examine: async (tx, { content }) => ({
      problems: (await Promise.all([examineParents(tx, content), formerNumberProblems(tx, content)])).flat(),
      verify: [],
      found: undefined,
    }),
    grant: async (tx, part, _found, by, on) => {
      const { citizenId } = part.content.child;
      if (!citizenId)
        throw badUserInput("A number is issued only to a registered birth", "part.content.child.citizenId");
      const issued = await issueOnce(tx, { ...part, citizenId }, () => draw(range.from, range.to + 1));
      if (issued.fresh) await enterPerson(tx, part, { id: citizenId, personalId: issued.personalId }, by, on);
      return { facts: { personalId: issued.personalId } };
    },
  });
}

/** The one number of a citizen: drawn now, or found if another delivery was first. @throws when no serial is free. */
async function issueOnce(
  tx: Tx,
  part: NumberPart & { citizenId: string },
  drawSerial: () => number,
): Promise<{ personalId: string; fresh: boolean }> {
  const provenance = provenanceOf(part);
  const prefix = numberPrefix(part.content.child, provenance);
  const guardians = parentNumbers(part.content);
  for (let attempt = 0; attempt < DRAWS; attempt++) {
    const personalId = part.content.grantedBefore?.personalId ?? prefix + String(drawSerial()).padStart(6, "0");
    const [entered] = await tx
      .insert(persons)
      .values({ id: part.citizenId, personalId, partId: part.id, ...provenance, guardians })
      // waits for a concurrent delivery, then says nothing: the citizen is there already, or the serial is taken
      .onConflictDoNothing()
      .returning({ personalId: persons.personalId });
    if (entered) return { personalId, fresh: true };
    const [known] = await tx.select().from(persons).where(eq(persons.id, part.citizenId));
    if (known) return { personalId: known.personalId, fresh: false };
  }
  throw serialsExhausted(prefix);
}

/** A number that this register lost with its holder is in use elsewhere: it must still be free, or the child's. */
async function formerNumberProblems(tx: Tx, { child, grantedBefore }: PersonalNumberContent): Promise<PartProblem[]> {
  if (!grantedBefore || !child.citizenId) return [];
  const { personalId } = grantedBefore;
  const holders = await tx
    .select({ id: persons.id, personalId: persons.personalId })
    .from(persons)
    .where(or(eq(persons.personalId, personalId), eq(persons.id, child.citizenId)));
  const isChild = holders.every((holder) => holder.id === child.citizenId && holder.personalId === personalId);
  return isChild ? [] : [formerNumberTaken()];
}

async function enterPerson(
  tx: Tx,
  { content: { child, mother, father }, dossier }: NumberPart,
  { id, personalId }: { id: string; personalId: string },
  by: Caller,
  on: LegalDay,
): Promise<void> {
  const version = {
    personId: id,
    validFrom: on,
    ...enteredFor(by, dossier, { dossier }),
    fullName: child.fullName,
    dateOfBirth: child.dateOfBirth,
    sex: child.sex,
    ethnicity: child.ethnicity,
    nationality: child.nationality,
    motherPersonalId: mother?.personalId ?? null,
    fatherPersonalId: father?.personalId ?? null,
    nameSound: soundOf(child.fullName),
  };
  await Promise.all([
    tx.insert(personVersions).values(version).execute(),
    recordChange(tx, by, [personalId], ["persons.personal_id", "person_versions.*"]),
  ]);
}

/**
 * The six digits that facts decide: place, century and sex, year (Circular 07/2016/TT-BCA). Which place codes newborns get
 * since the merger of provinces could not be confirmed; here it is that of the former province whose code the province of
 * the office kept: Cần Thơ is 92, so 092.
 */
function numberPrefix({ dateOfBirth, sex }: Newborn, { officeProvince }: Provenance): string {
  const year = yearOf(dateOfBirth);
  const century = Math.floor((year - 1900) / 100) * 2 + (sex === "FEMALE" ? 1 : 0);
  return `0${officeProvince}${century}${String(year % 100).padStart(2, "0")}`;
}

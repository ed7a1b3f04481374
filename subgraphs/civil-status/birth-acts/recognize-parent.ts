import { parseFreeText } from "../../_shared/reference/person-names.ts";
import { type ActOutcome, performAct } from "../acts/perform-act.ts";
import { takeBookNumber } from "../books/take-number.ts";
import { parentRecorded } from "../corrections/errors.ts";
import type { CivilStatusContext } from "../loaders.ts";
import type { RecognitionInput } from "./input.ts";
import { citizensOf, enterNextVersion, lockBirth } from "./locked-birth.ts";
import { demandPossibleAge, readParent } from "./read-parent.ts";
import { recognitions } from "./tables.ts";

const LONGEST_EVIDENCE = 300;
const WHO = { MOTHER: "mother", FATHER: "father" } as const;

/** Registers a parent whom the birth does not name yet: a new version of the birth (Law on Civil Status 60/2014, art. 24 and 25). */
export function recognizeParent(
  ctx: CivilStatusContext,
  input: RecognitionInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "RECOGNITION" as const, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const who = WHO[input.role];
    const parent = readParent(input.parent, ["parent"], problems);
    const evidence = problems.take(["evidence"], parseFreeText(input.evidence, LONGEST_EVIDENCE));
    const birth = await lockBirth(tx, input.birth, ["birth"], problems);
    if (!birth) return undefined;
    if (birth.persons[who]) problems.add(["role"], parentRecorded());
    if (parent) demandPossibleAge(who, parent, birth.version.dateOfBirth, ["parent"], problems);
    if (!parent || !evidence || problems.found.length > 0) return undefined;
    const { id: birthId } = birth.head;
    const { personalId } = parent;
    await tx.insert(recognitions).values({ id: act.id, birthId, role: input.role, personalId, evidence });
    await enterNextVersion(tx, act, birth, { facts: {}, persons: { ...birth.persons, [who]: parent } });
    await takeBookNumber(tx, "RECOGNITION", act);
    return {
      entries: [birthId],
      citizens: [...citizensOf(birth), ...(personalId ? [personalId] : [])],
      changed: ["recognitions.*", "birth_versions.persons", "book_numbers.*"],
    };
  });
}

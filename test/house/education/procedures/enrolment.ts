import { uuidv7 } from "uuidv7";
import * as z from "zod";
import { recordChange } from "../../../../subgraphs/_shared/access-log/recorder.ts";
import { grantedBefore, personalId } from "../../../../subgraphs/_shared/parts/content.ts";
import { procedure } from "../../../../subgraphs/_shared/parts/procedure.ts";
import { commune } from "../../../../subgraphs/_shared/reference/communes.ts";
import { gradeUnknown } from "../errors.ts";
import { enrolments } from "../tables.ts";

const content = z.object({
  child: z.object({ personalId }),
  enrolment: z.object({ school: z.string().min(1), grade: z.int() }),
  grantedBefore: grantedBefore({}),
});

/** Enrolment at a school (nhập học), Law on Education 43/2019, art. 28. Problem: GRADE_UNKNOWN. */
export const enrolment = procedure({
  procedure: "school-enrolment",
  content,
  examine: async (_tx, { content: { enrolment } }) => ({
    problems: enrolment.grade >= 1 && enrolment.grade <= 12 ? [] : [gradeUnknown()],
    verify: [],
    found: undefined,
  }),
  async grant(tx, { id: partId, dossier, office, content: { child, enrolment } }, _found, by) {
    const id = uuidv7();
    const officeProvince = commune(office)?.province ?? null;
    const { personalId } = child;
    await tx.insert(enrolments).values({ id, personalId, ...enrolment, partId, dossier, office, officeProvince });
    await recordChange(tx, by, [personalId], ["enrolments.*"]);
    return { result: { type: "Enrolment", id }, facts: {} };
  },
});

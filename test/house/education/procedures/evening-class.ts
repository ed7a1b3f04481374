import { uuidv7 } from "uuidv7";
import * as z from "zod";
import { recordChange } from "../../../../subgraphs/_shared/access-log/recorder.ts";
import { grantedBefore, personalId } from "../../../../subgraphs/_shared/parts/content.ts";
import { procedure } from "../../../../subgraphs/_shared/parts/procedure.ts";
import { commune } from "../../../../subgraphs/_shared/reference/communes.ts";
import { enrolments } from "../tables.ts";

/** The common form of the desk. */
const content = z.object({
  declarant: z.object({ personalId }),
  subject: z.string().min(1),
  grantedBefore: grantedBefore({}),
});

/** Enrolment of an adult in the last grade of an evening school (học lớp buổi tối): an invented procedure of the catalogue. */
export const eveningClass = procedure({
  procedure: "1.099001",
  content,
  examine: async () => ({ problems: [], verify: [], found: undefined }),
  async grant(tx, { id: partId, dossier, office, content: { declarant, subject } }, _found, by) {
    const id = uuidv7();
    const officeProvince = commune(office)?.province ?? null;
    const { personalId } = declarant;
    const place = { partId, dossier, office, officeProvince };
    await tx.insert(enrolments).values({ id, personalId, school: subject, grade: 12, ...place });
    await recordChange(tx, by, [personalId], ["enrolments.*"]);
    return { result: { type: "Enrolment", id }, facts: {} };
  },
});

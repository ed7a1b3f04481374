import { foldName } from "../../../_shared/reference/person-names.ts";
import type { BirthRequest } from "./birth-request.ts";

/**
 * Keys by which two requests are for the same child: the birth notice; or mother, day and order of birth where there is no
 * notice or where an order is given. The register of births has the final decision.
 */
export function childKeysOf({ child, mother, father }: BirthRequest): string[] {
  const notice = child.birthNotice ? [`notice:${child.birthNotice}`] : [];
  if (notice.length > 0 && !child.multipleBirth) return notice;
  const parent = mother ?? father;
  if (!parent) return notice; // a foundling has no further key; officers compare foundlings
  const who = parent.personalId ?? `${foldName(parent.fullName)}|${parent.dateOfBirth}|${parent.nationality}`;
  return [...notice, `child:${who}|${child.dateOfBirth}|${child.multipleBirth?.order ?? 1}`];
}

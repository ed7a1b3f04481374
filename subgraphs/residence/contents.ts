import * as z from "zod";
import { comparedDossiers, grantedBefore, legalDay, partialDate, personalId } from "../_shared/parts/content.ts";
import { asPartial } from "../_shared/reference/partial-dates.ts";

// the desk has checked forms and normalized texts; this schema requires only the fields that this agency needs
const parent = z.object({ fullName: z.string().min(1), dateOfBirth: partialDate, personalId: personalId.nullable() });
const parents = { mother: parent.nullable(), father: parent.nullable() };

/** A parent as the request declares one. */
export type DeclaredParent = z.infer<typeof parent>;
export type DeclaredParents = { mother: DeclaredParent | null; father: DeclaredParent | null };

/** Content of the step "personal-number". `citizenId` is the id civil status minted; null only where nothing is granted. */
export const personalNumberContent = z.object({
  ...parents,
  child: z.object({
    citizenId: z.uuid().nullable(),
    fullName: z.string().min(1),
    sex: z.enum(["MALE", "FEMALE"]),
    dateOfBirth: legalDay.transform(asPartial),
    ethnicity: z.string().min(1),
    nationality: z.string().min(1),
  }),
  grantedBefore: grantedBefore({ personalId }),
});

/** Content of procedure 1.004222, registration of permanent residence; the child's number is null only in checks. */
export const residenceContent = z.object({
  ...parents,
  child: z.object({
    personalId: personalId.nullable(),
    multipleBirth: z.object({ order: z.number(), of: z.number() }).nullish(),
  }),
  comparedDossiers,
  residence: z.object({
    headPersonalId: z.string(),
    relationToHead: z.string(),
    address: z.object({ line: z.string().min(1), commune: z.string() }),
  }),
  grantedBefore: grantedBefore({}),
});

export type PersonalNumberContent = z.infer<typeof personalNumberContent>;
export type ResidenceContent = z.infer<typeof residenceContent>;

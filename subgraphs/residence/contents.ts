import * as z from "zod";
import type { LegalDay } from "../_shared/reference/days.ts";
import type { PartialDate } from "../_shared/reference/partial-dates.ts";

// One-stop has checked shapes and normalised texts; here only what this agency relies on is asked for.
const partialDate = z
  .string()
  .regex(/^\d{4}(-\d{2}){0,2}$/)
  .transform((text) => text as PartialDate);
const personalId = z.string().regex(/^\d{12}$/);
/** Of `grantedBefore`: the day of a grant that this register lost, as the desk remembers our answer. */
const legalDay = z.iso.date().transform((text) => text as LegalDay);

const parent = z.object({ fullName: z.string().min(1), dateOfBirth: partialDate, personalId: personalId.nullable() });
const parents = { mother: parent, father: parent.nullable() };

/** A parent as the request declares one. */
export type DeclaredParent = z.infer<typeof parent>;
export type DeclaredParents = { mother: DeclaredParent; father: DeclaredParent | null };

/** Content of the step "personal-number". `citizenId` is the id civil status minted; null only where nothing is granted. */
export const personalNumberContent = z.object({
  ...parents,
  child: z.object({
    citizenId: z.uuid().nullable(),
    fullName: z.string().min(1),
    sex: z.enum(["MALE", "FEMALE"]),
    dateOfBirth: z.iso.date().transform((text) => text as PartialDate),
    ethnicity: z.string().min(1),
    nationality: z.string().min(1),
  }),
  grantedBefore: z.object({ personalId, on: legalDay }).nullish(),
});

/** Content of procedure 1.004222, registration of permanent residence; the child's number is null only in checks. */
export const residenceContent = z.object({
  ...parents,
  child: z.object({ personalId: personalId.nullable() }),
  residence: z.object({
    headPersonalId: z.string(),
    relationToHead: z.string(),
    address: z.object({ line: z.string().min(1), commune: z.string() }),
  }),
  grantedBefore: z.object({ on: legalDay }).nullish(),
});

export type PersonalNumberContent = z.infer<typeof personalNumberContent>;
export type ResidenceContent = z.infer<typeof residenceContent>;

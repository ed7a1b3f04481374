import * as z from "zod";
import { grantedBefore } from "../../_shared/parts/content.ts";

const text = z.string();
const owner = z.object({ fullName: text, personalId: text });
const household = { code: text, owner, grantedBefore: grantedBefore({}) };

/** Form of 1.001570: notice of a suspension, or of a resumption before its end. */
export const suspensionContent = z.object({
  ...household,
  request: z.enum(["SUSPEND", "RESUME"]),
  from: text,
  until: text.nullish(),
});

/** Form of 1.001266: notice of the end of a household business. */
export const endContent = z.object({
  ...household,
  endsOn: text,
  taxState: z.enum(["SETTLED", "PENDING"]),
});

const address = z.object({ line: text, commune: text });
const formChange = z.discriminatedUnion("field", [
  z.object({ field: z.enum(["NAME", "CAPITAL"]), newValue: text }),
  z.object({ field: z.literal("ADDRESS"), address }),
  z.object({ field: z.literal("SECTORS"), sectors: z.array(text) }),
]);
export type FormChange = z.infer<typeof formChange>;

/** Form of 2.000720: changes of a household business. The bundle of a move states the new seat alone. */
export const businessChangeContent = z.union([
  z.object({
    ...household,
    declarant: z.object({ personalId: text.nullish() }),
    changes: z.array(formChange),
  }),
  z.object({ ...household, businessAddress: address }),
]);

const registered = {
  declarant: z.object({ personalId: text.nullish() }).optional(),
  name: text,
  address,
  sectors: z.array(text),
  capital: z.number().nullish(),
  grantedBefore: grantedBefore({ code: text }),
};

const people = z.array(owner.extend({ role: z.enum(["OWNER", "MEMBER", "REPRESENTATIVE"]) }));

/** Form of 1.001612: request for the registration of a household business. A bundle names its `people` by their roles. */
export const householdRegistrationContent = z.union([
  z.object({ ...registered, people }),
  z.object({ ...registered, owner, members: z.array(owner) }),
]);

/** Request for the registration of an enterprise, within a bundle. */
export const enterpriseRegistrationContent = z.object({
  ...registered,
  code: text,
  foreignName: text.nullish(),
  shortName: text.nullish(),
  people,
});

/** Form of the procedures that issue a licence. */
export const licenceContent = z.object({
  code: text,
  grantedBefore: grantedBefore({ number: text, issuer: text }),
});

export type HouseholdRegistration = z.infer<typeof householdRegistrationContent>;
export type EnterpriseRegistration = z.infer<typeof enterpriseRegistrationContent>;
export type LicenceContent = z.infer<typeof licenceContent>;
export type BusinessChangeContent = z.infer<typeof businessChangeContent>;
export type HouseholdContent = z.infer<z.ZodObject<typeof household>>;
export type SuspensionContent = z.infer<typeof suspensionContent>;
export type EndContent = z.infer<typeof endContent>;

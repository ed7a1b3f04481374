import * as z from "zod";
import { optionalText, text } from "../../_shared/transfer/record-fields.ts";

/* Fields of persons and addresses as records of marriages and deaths have them. */

export const addressFields = z.strictObject({ line: text, commune: optionalText });
export const personFields = z.strictObject({
  ...{ personalId: optionalText, fullName: text, dateOfBirth: text, ethnicity: text, nationality: text },
  residence: addressFields.nullish(),
});
export const declarantFields = z.strictObject({ fullName: text, personalId: optionalText, relation: text });
export const registrationFields = {
  ...{ number: text, office: text, registeredOn: text, formerRegistration: optionalText },
  kind: z.enum(["REGISTERED", "REREGISTERED", "NOTED"]),
};

export const REGISTRATION_COLUMNS = ["number", "office", "registeredOn", "kind", "formerRegistration"];

export function personColumns(name: string): string[] {
  const own = ["personalId", "fullName", "dateOfBirth", "ethnicity", "nationality"];
  return [...own, "residence.line", "residence.commune"].map((column) => `${name}.${column}`);
}

import { birth } from "./form-readings/birth.ts";
import { businessChange } from "./form-readings/business-change.ts";
import { cardChange } from "./form-readings/card-change.ts";
import { childCard } from "./form-readings/child-card.ts";
import { death } from "./form-readings/death.ts";
import type { FormReading } from "./form-readings/form-reading.ts";
import { maritalStatus } from "./form-readings/marital-status.ts";
import { marriage } from "./form-readings/marriage.ts";
import type { SingleRequest } from "./read-dossier.ts";

/** Content as the form gives it, for officers. */
export function officersContent({ declarant, form, papers }: SingleRequest): Record<string, unknown> {
  return { declarant, ...form, papers };
}

const AS_FORM: FormReading = {
  content: officersContent,
  pathOf: ([first = "", ...rest]) =>
    first === "declarant" || first === "papers" ? [first, ...rest] : ["form", first, ...rest],
};

/** Procedures whose form is not the content that their agency decides on. */
const READINGS: ReadonlyMap<string, FormReading> = new Map([
  ["1.001193", birth],
  ["1.000656", death],
  ["1.000894", marriage],
  ["1.004873", maritalStatus],
  ["1.002759", cardChange],
  ["1.014137", childCard],
  ["2.000720", businessChange],
]);

/** Reading of a procedure's form. */
export function formReading(code: string): FormReading {
  return READINGS.get(code) ?? AS_FORM;
}

import type { AgencyCode } from "../../agency-registry.ts";
import { procedureForm } from "../procedures/forms/forms.ts";

type Facts = Readonly<Record<string, unknown>>;
/** Procedures one of which renews an entry, and the answers to its form. */
export type RenewalFacts = { procedures: string[]; form: Facts };
type Prefilled = { procedures: readonly string[]; form: Facts };

/** Procedures of the catalogue that renew a licence, by its kind; the kinds that are left out have none there. */
const LICENCE_PROCEDURES: Readonly<Record<string, readonly string[]>> = {
  // which one depends on what the place makes or sells
  FOOD_SAFETY: ["2.000117", "2.001827", "1.014230"],
  PETROL_RETAIL: ["2.000648"],
};

const RENEWALS: Partial<Record<AgencyCode, (facts: Facts) => Prefilled | null>> = {
  BUSINESS({ kind, kindName, number, business, name }) {
    const procedures = LICENCE_PROCEDURES[String(kind)];
    if (!procedures) return null;
    const subject = `Đề nghị cấp lại khi hết hạn: ${kindName} số ${number}`.slice(0, 300);
    return { procedures, form: { subject, purpose: `Tiếp tục kinh doanh: ${name}, mã số ${business}`.slice(0, 500) } };
  },
  RESIDENCE: ({ person, temporaryAddress }) => ({ procedures: ["1.002755"], form: { person, temporaryAddress } }),
  // the card of a child ends for good; the next one is of another group
  HEALTH_INSURANCE: ({ insured, facility }) => ({ procedures: ["1.014137"], form: { insured, facility } }),
  CIVIL_STATUS: ({ person, residence, maritalStatus, purpose }) => ({
    procedures: ["1.004873"],
    form: { person, residence, maritalStatus, purpose },
  }),
};

/** Procedures and form with which an entry is renewed, as far as its agency knows the answers; null where the catalogue has none. */
export function renewalOf(agency: AgencyCode, facts: Facts): RenewalFacts | null {
  const prefilled = RENEWALS[agency]?.(facts);
  if (!prefilled) return null;
  const [procedure = ""] = prefilled.procedures;
  const form = Object.fromEntries(
    Object.entries(prefilled.form).filter(([name, value]) => value != null && isField(procedure, name)),
  );
  return { procedures: [...prefilled.procedures], form };
}

function isField(procedure: string, name: string): boolean {
  return Object.hasOwn(procedureForm(procedure).schema.properties as object, name); // a form is an object
}

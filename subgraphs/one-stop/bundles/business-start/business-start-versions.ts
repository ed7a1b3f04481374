import type { Term } from "../../clock/terms.ts";
import type { DossierDefinition, StepDefinition } from "../../definitions/definition.ts";
import { procedureOf } from "../../procedures/catalogue.ts";
import type { NewBusinessForm } from "./business-start-request.ts";
import { licenceProcedure } from "./needed-licences.ts";
import { LICENCE_PROCEDURES, type TradeLicence } from "./trade-licences.ts";

const workingDays = (quantity: number): Term => ({ quantity, unit: "WORKING_DAY" });
const days = (quantity: number): Term => ({ quantity, unit: "DAY" });

/** Branch of the definition that registers the unit of social insurance. Those of licences have the licence's name. */
export const SOCIAL_INSURANCE = "social-insurance";

/** Licences with a procedure in the catalogue, and its term. */
const LICENCE_TERMS = {
  FOOD_SAFETY: workingDays(20),
  SECURITY_ORDER: workingDays(5),
  KARAOKE: workingDays(10),
  PETROL_RETAIL: workingDays(15),
  PHARMACY: days(30),
} satisfies Partial<Record<TradeLicence, Term>>;

export const obtainable = Object.keys(LICENCE_PROCEDURES) as (keyof typeof LICENCE_TERMS)[]; // both tables have the same keys

/** A part of the start of a business. Its fee is the published one: no source states another within the group. */
type Part = Pick<StepDefinition, "key" | "agency" | "procedure" | "term" | "optionalFor" | "officer" | "checkable">;
const part = (definition: Part): StepDefinition => ({
  ...{ part: true, dependsOn: ["REGISTRATION"], effect: "CORRECTABLE", feeVnd: 0 },
  fees: procedureOf(definition.procedure)?.fees ?? [],
  ...definition,
});
const BY_OFFICER = { checkable: false, officer: true } as const;

/** A licence needs a registered business, so nothing is checked before. The register keeps no licences of pharmacies. */
function licenceStep(licence: keyof typeof LICENCE_TERMS, form: NewBusinessForm): StepDefinition {
  const procedure = licenceProcedure(licence, form);
  if (procedure === null) throw new Error(`No procedure issues ${licence}`);
  const named = {
    key: licence,
    agency: "BUSINESS",
    procedure,
    term: LICENCE_TERMS[licence],
    optionalFor: licence,
  } as const;
  return part({ ...named, ...(licence === "PHARMACY" ? BY_OFFICER : { checkable: false }) });
}

type Registration = { form: NewBusinessForm; code: string; domain: string; vi: string; en: string };

/** Registration by the form of the business. The order gives the versions their numbers: append only. */
const REGISTRATIONS: readonly Registration[] = [
  {
    ...{ form: "HOUSEHOLD", code: "1.001612", domain: "household_business" },
    ...{ vi: "đăng ký hộ kinh doanh", en: "household business" },
  },
  {
    ...{ form: "PRIVATE", code: "2.001610", domain: "enterprise" },
    ...{ vi: "đăng ký doanh nghiệp tư nhân", en: "private enterprise" },
  },
  {
    ...{ form: "LLC_ONE_MEMBER", code: "2.001583", domain: "enterprise" },
    ...{ vi: "đăng ký công ty TNHH một thành viên", en: "limited liability company with one member" },
  },
  {
    ...{ form: "LLC", code: "2.001199", domain: "enterprise" },
    ...{ vi: "đăng ký công ty TNHH hai thành viên trở lên", en: "limited liability company" },
  },
  {
    ...{ form: "JOINT_STOCK", code: "2.002043", domain: "enterprise" },
    ...{ vi: "đăng ký công ty cổ phần", en: "joint-stock company" },
  },
];

function definitionOf({ form, code, domain, vi, en }: Registration, index: number): DossierDefinition {
  return {
    ...{
      id: "business-start",
      version: index + 1,
      domain,
      regime: `business-start-${form}`,
      code,
      validFrom: "2025-07-01",
    },
    name: `Khởi sự kinh doanh: ${vi}, bảo hiểm xã hội, giấy phép theo ngành, nghề`,
    nameEn: `Start of a business: registration of a ${en}, social insurance, licences of its lines of business`,
    certainty: "unsure", // no combined procedure is published, so the code is that of the registration
    steps: [
      {
        ...{
          key: "REGISTRATION",
          part: true,
          agency: "BUSINESS",
          procedure: code,
          dependsOn: [],
          effect: "LEGAL_FACT",
        },
        ...{ term: workingDays(3), feeVnd: 0, fees: procedureOf(code)?.fees ?? [] },
      },
      part({
        ...{
          key: "SOCIAL_INSURANCE",
          agency: "HEALTH_INSURANCE",
          procedure: "1.002051",
          term: days(10),
          ...BY_OFFICER,
        },
        optionalFor: SOCIAL_INSURANCE,
      }),
      ...obtainable.map((licence) => licenceStep(licence, form)),
    ],
  };
}

/**
 * Versions of the bundle: one for each form of business, since 2025-07-01, when the number of the owner became the code of a
 * household business. Append only: a dossier pins a version.
 */
export const BUSINESS_START_VERSIONS: readonly DossierDefinition[] = REGISTRATIONS.map(definitionOf);

/** Versions that register a business of this form. */
export function versionsFor(form: NewBusinessForm): readonly DossierDefinition[] {
  return BUSINESS_START_VERSIONS.filter(({ regime }) => regime === `business-start-${form}`);
}

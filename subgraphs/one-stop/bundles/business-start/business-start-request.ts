import type { LegalDay } from "../../../_shared/reference/days.ts";
import type { PersonalId } from "../../../_shared/reference/identifiers/personal-id.ts";
import type { FreeText, PersonName } from "../../../_shared/reference/person-names.ts";
import type { Address, Application, Declarant } from "../../acceptance/application.ts";
import type { TradeLicence } from "./trade-licences.ts";

/** Forms for which the catalogue has a procedure: a household business, and enterprises by their form. */
export type NewBusinessForm = "HOUSEHOLD" | "PRIVATE" | "LLC_ONE_MEMBER" | "LLC" | "JOINT_STOCK";
export type FounderRole = "OWNER" | "MEMBER" | "REPRESENTATIVE";
export type Founder = { role: FounderRole; fullName: PersonName; personalId: PersonalId };

/** Combined request for the start of a business with all fields parsed and normalized, as it is stored with the dossier. */
export type BusinessStartRequest = {
  /** Commune code. */
  office: string;
  channel: Application["channel"];
  declarant: Declarant;
  business: {
    form: NewBusinessForm;
    /** Tax code of an enterprise; null for a household, which has its owner's personal number. */
    code: string | null;
    name: FreeText;
    foreignName: FreeText | null;
    shortName: FreeText | null;
    address: Address;
    /** Codes of VSIC level 4, the main line first. */
    lines: readonly string[];
    capitalVnd: number | null;
    people: readonly Founder[];
  };
  /** Null where the business does not register as a unit of social insurance. */
  socialInsurance: { employees: number; from: LegalDay } | null;
  /** Licences asked for; null until the desk has found those that the lines of business need. */
  licences: readonly TradeLicence[] | null;
  handover: Application["handover"];
  filledBy: Application["filledBy"];
};

import type { PersonalId } from "../../../_shared/reference/identifiers/personal-id.ts";
import type { PartialDate } from "../../../_shared/reference/partial-dates.ts";
import type { FreeText, PersonName } from "../../../_shared/reference/person-names.ts";
import type { Relation } from "../../../_shared/reference/relations.ts";
import type { Address, Application, Declarant } from "../../acceptance/application.ts";
import type { NewHead } from "../new-head.ts";

export type SpouseRole = "HUSBAND" | "WIFE";
/** Status of a person who may marry (tình trạng hôn nhân). */
export type StatusBeforeMarriage = "NEVER_MARRIED" | "DIVORCED" | "WIDOWED";

export type Spouse = {
  fullName: PersonName;
  dateOfBirth: PartialDate;
  personalId: PersonalId;
  ethnicity: FreeText;
  /** Three letters of ISO 3166-1. */
  nationality: string;
  /** The office of this commune confirms the status. */
  residence: Address;
  maritalStatus: StatusBeforeMarriage;
};

/** One spouse joins the household in which the other one lives. */
export type ChangeOfHousehold = {
  mover: SpouseRole;
  /** Code of the household that the mover joins. */
  code: string;
  relationToHead: Relation;
  hasConsent: boolean;
  newHead: NewHead | null;
};

/** Combined request for a marriage with all fields parsed and normalized, as it is stored with the dossier. */
export type MarriageRequest = {
  /** Commune code. */
  office: string;
  channel: Application["channel"];
  declarant: Declarant & { spouse: SpouseRole };
  husband: Spouse;
  wife: Spouse;
  household: ChangeOfHousehold | null;
  handover: Application["handover"];
  filledBy: Application["filledBy"];
};

import type { LegalDay } from "../../../_shared/reference/days.ts";
import type { PersonalId } from "../../../_shared/reference/identifiers/personal-id.ts";
import type { PartialDate } from "../../../_shared/reference/partial-dates.ts";
import type { FreeText, PersonName } from "../../../_shared/reference/person-names.ts";
import type { Address, Application, Declarant } from "../../acceptance/application.ts";
import type { NewHead } from "../new-head.ts";

/**
 * Declarant of a death: the spouse, a child, a parent or another relative; where there is none, a representative of the agency,
 * organisation or person concerned (Law on Civil Status 60/2014, art. 33 cl. 1).
 */
export type DeathDeclarant = "SPOUSE" | "CHILD" | "PARENT" | "OTHER_RELATIVE" | "REPRESENTATIVE";
/** Group of the deceased by which the State supports the funeral. */
export type FuneralGroup = "SOCIAL_PROTECTION" | "SOCIAL_PENSION";

/** Combined request after a death with all fields parsed and normalized, as it is stored with the dossier. */
export type DeathRequest = {
  /** Commune code. */
  office: string;
  channel: Application["channel"];
  declarant: Declarant & { relation: DeathDeclarant };
  deceased: {
    fullName: PersonName;
    sex: "MALE" | "FEMALE";
    dateOfBirth: PartialDate;
    personalId: PersonalId | null;
    ethnicity: FreeText;
    nationality: string;
    lastResidence: Address;
  };
  death: {
    diedOn: PartialDate;
    /** HH:mm; null if the time is not known. */
    diedAt: string | null;
    place: Address;
    cause: FreeText | null;
    notice: { number: FreeText; issuedOn: LegalDay; issuer: FreeText } | null;
    /** Document in place of the notice. */
    withoutNotice: FreeText | null;
  };
  strikeOffResidence: boolean;
  /** Next head of a household in which others stay, with their relations, if the deceased was its head. */
  newHead: NewHead | null;
  closeCard: boolean;
  funeralAllowance: { group: FuneralGroup; recipient: { fullName: PersonName; personalId: PersonalId | null } } | null;
  handover: Application["handover"];
  filledBy: Application["filledBy"];
};

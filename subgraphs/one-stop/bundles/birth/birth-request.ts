import type { BirthDeclarant } from "../../../_shared/reference/birth-declarants.ts";
import type { LegalDay } from "../../../_shared/reference/days.ts";
import type { BirthNotice } from "../../../_shared/reference/identifiers/birth-notice.ts";
import type { PersonalId } from "../../../_shared/reference/identifiers/personal-id.ts";
import type { PartialDate } from "../../../_shared/reference/partial-dates.ts";
import type { FreeText, PersonName } from "../../../_shared/reference/person-names.ts";
import type { Relation } from "../../../_shared/reference/relations.ts";
import type { Address, Application, Declarant } from "../../acceptance/application.ts";

export type Sex = "MALE" | "FEMALE";
export type WithoutNoticeKind = "WITNESS" | "UNDERTAKING" | "FOUNDLING_RECORD" | "FOREIGN_CERTIFICATE";

export type Parent = {
  fullName: PersonName;
  dateOfBirth: PartialDate;
  personalId: PersonalId | null;
  ethnicity: FreeText;
  nationality: string;
};

/** Combined birth request with all fields parsed and normalized, as it is stored with the dossier. */
export type BirthRequest = {
  /** Commune code. */
  office: string;
  channel: Application["channel"];
  declarant: Declarant & { relation: BirthDeclarant };
  child: {
    fullName: PersonName;
    sex: Sex;
    dateOfBirth: LegalDay;
    /** Either a commune of Viet Nam or a country abroad. */
    placeOfBirth: { facilityName: FreeText | null; commune: string | null; country: string | null };
    ethnicity: FreeText;
    nationality: string;
    homeCommune: string | null;
    birthNotice: BirthNotice | null;
    withoutNotice: { kind: WithoutNoticeKind; text: FreeText } | null;
    multipleBirth: { order: number; of: number } | null;
  };
  /** Null where the mother is not known or not named; both are null for a foundling. */
  mother: Parent | null;
  father: Parent | null;
  residence: {
    headPersonalId: PersonalId;
    relationToHead: Relation;
    address: Address;
  } | null;
  insurance: { facility: string } | null;
  /** Absent in requests of earlier releases. Without an office it is the receiving one, without an address the card is fetched there. */
  identityCard?: { wanted: true; issuingOffice: string | null; deliveryAddress: Address | null } | null;
  handover: Application["handover"];
  /** Absent in requests of earlier releases. */
  filledBy?: Application["filledBy"];
};

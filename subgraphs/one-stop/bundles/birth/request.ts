import type { LegalDay } from "../../../_shared/reference/days.ts";
import type { BirthNotice } from "../../../_shared/reference/identifiers/birth-notice.ts";
import type { PersonalId } from "../../../_shared/reference/identifiers/personal-id.ts";
import type { Phone } from "../../../_shared/reference/identifiers/phone.ts";
import type { PartialDate } from "../../../_shared/reference/partial-dates.ts";
import type { FreeText, PersonName } from "../../../_shared/reference/person-names.ts";
import { RELATIONS, type Relation } from "../../../_shared/reference/relations.ts";
import type { Application } from "../../acceptance/application.ts";

export const SEXES = ["MALE", "FEMALE"] as const;
export const WITHOUT_NOTICE_KINDS = ["WITNESS", "UNDERTAKING"] as const;
export const RELATION_NAMES = Object.keys(RELATIONS) as [Relation, ...Relation[]]; // the list has entries and only these

export type Parent = {
  fullName: PersonName;
  dateOfBirth: PartialDate;
  personalId: PersonalId | null;
  ethnicity: FreeText;
  nationality: string;
};

/** Combined birth request with all fields parsed and normalised, as it is stored with the dossier. */
export type BirthRequest = {
  /** Commune code. */
  office: string;
  channel: Application["channel"];
  declarant: {
    fullName: PersonName;
    personalId: PersonalId | null;
    relation: string;
    phone: Phone | null;
    email: string | null;
  };
  child: {
    fullName: PersonName;
    sex: (typeof SEXES)[number];
    dateOfBirth: LegalDay;
    placeOfBirth: { facilityName: FreeText | null; commune: string };
    ethnicity: FreeText;
    nationality: string;
    homeCommune: string | null;
    birthNotice: BirthNotice | null;
    withoutNotice: { kind: (typeof WITHOUT_NOTICE_KINDS)[number]; text: FreeText } | null;
    multipleBirth: { order: number; of: number } | null;
  };
  mother: Parent;
  father: Parent | null;
  residence: {
    headPersonalId: PersonalId;
    relationToHead: string;
    address: { line: FreeText; commune: string };
  } | null;
  insurance: { facility: string } | null;
  handover: Application["handover"];
};

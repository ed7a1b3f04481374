import type { PersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import type { PartialDate } from "../../_shared/reference/partial-dates.ts";

/** An address as the register keeps it; without a commune abroad. */
export type RecordedAddress = { line: string; commune: string | null };

/** A person as the register keeps it in an entry. */
export type RecordedPerson = {
  personalId: PersonalId | null;
  fullName: string;
  dateOfBirth: PartialDate;
  ethnicity: string;
  /** Three letters of ISO 3166-1. */
  nationality: string;
  residence: RecordedAddress | null;
};

/** Person who declared an event; the relation is in words. */
export type RecordedDeclarant = { fullName: string; personalId: string | null; relation: string };

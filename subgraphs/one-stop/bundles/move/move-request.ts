import type { LegalDay } from "../../../_shared/reference/days.ts";
import type { PersonalId } from "../../../_shared/reference/identifiers/personal-id.ts";
import type { PersonName } from "../../../_shared/reference/person-names.ts";
import type { Relation } from "../../../_shared/reference/relations.ts";
import type { Address, Application, Declarant } from "../../acceptance/application.ts";
import type { NewHead } from "../new-head.ts";

/** Right by which a person lives at an address, form CT01. */
export type DwellingRight = "OWNED" | "RENTED" | "BORROWED" | "JOINED";

export type Mover = { fullName: PersonName; personalId: PersonalId };

/** Permanent residence at the new address: in the household of a head, or in a new one that the person heads. */
export type NewResidence = {
  kind: "PERMANENT";
  address: Address;
  dwelling: DwellingRight;
  headName: PersonName;
  headPersonalId: PersonalId;
  relationToHead: Relation;
  hasConsent: boolean;
  newHeads: NewHead[];
};
/** Temporary residence at the new address until a day. */
export type NewStay = { kind: "TEMPORARY"; address: Address; dwelling: DwellingRight; until: LegalDay };

/** Combined request of persons who move with all fields parsed and normalized, as it is stored with the dossier. */
export type MoveRequest = {
  /** Commune code. */
  office: string;
  channel: Application["channel"];
  declarant: Declarant;
  /** True if a citizen submitted it, who speaks for the own household alone. Absent in requests of earlier releases. */
  byCitizen?: boolean;
  person: Mover;
  /** Members who move together with the person; their relations matter to a permanent residence alone. */
  members: (Mover & { relationToHead: Relation | null })[];
  residence: NewResidence | NewStay | null;
  careFacility: { facility: string } | null;
  business: { code: string; address: Address } | null;
  handover: Application["handover"];
  filledBy: Application["filledBy"];
};

import type { LegalDay } from "../../../_shared/reference/days.ts";
import type { PersonalId } from "../../../_shared/reference/identifiers/personal-id.ts";
import type { FreeText, PersonName } from "../../../_shared/reference/person-names.ts";
import type { Application, Declarant } from "../../acceptance/application.ts";

/** Legal form of a change of holders. */
export type LandTransferKind = "TRANSFER" | "GIFT" | "INHERITANCE";

/** Share of the whole right, as it was declared. */
type Share = { numerator: number; denominator: number };
/** Person who gives or receives a right; a giver without a share gives all that he or she holds. */
export type TransferParty = { fullName: PersonName; personalId: PersonalId; share: Share | null };

/** Request for the transfer of land with all fields parsed and normalized, as it is stored with the dossier. */
export type LandTransferRequest = {
  /** Commune code. */
  office: string;
  channel: Application["channel"];
  declarant: Declarant;
  contract: { kind: LandTransferKind; number: FreeText; signedOn: LegalDay; notary: FreeText };
  land: {
    /** Serial of the certificate in force. */
    certificate: string;
    /** Code of the parcel, as it was declared: the register knows its form. */
    parcel: FreeText;
  };
  from: TransferParty[];
  to: TransferParty[];
  handover: Application["handover"];
  filledBy: NonNullable<Application["filledBy"]> | null;
};

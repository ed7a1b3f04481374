import type { Caller } from "../../_shared/identity/caller.ts";
import type { Fault } from "../../_shared/reference/identifiers/parsed.ts";
import type { PersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import type { Phone } from "../../_shared/reference/identifiers/phone.ts";
import type { FreeText, PersonName } from "../../_shared/reference/person-names.ts";
import type { LicencesOfLines } from "../bundles/business-start/trade-licences.ts";
import type { DossierDefinition } from "../definitions/definition.ts";
import type { DossierKind } from "../definitions/dossier-kind.ts";
import type { Hint } from "../hints/hint.ts";
import type { Agencies } from "../saga/agency-client.ts";
import type { Problems } from "./problems.ts";

export type Channel = "DESK" | "ONLINE" | "POST";
export type HandoverMethod = "ELECTRONIC" | "DESK" | "POST";
export type HelperCapacity = "OFFICER" | "RELATIVE" | "VOLUNTEER" | "OTHER";

/** Person who filled the form in for the declarant. */
export type FilledBy = { fullName: string; personalId: string | null; capacity: HelperCapacity };

/** An address: house number, street, hamlet, and the commune's code. */
export type Address = { line: FreeText; commune: string };

/** Person who submits a request, as it is stored with the dossier. */
export type Declarant = {
  fullName: PersonName;
  personalId: PersonalId | null;
  phone: Phone | null;
  email: string | null;
  address?: Address;
};

/** Address to which results are delivered by post. */
export type DeliveryAddress = { recipient: string; phone: string | null; line: string; commune: string };

/** Data of a request that the desk itself needs, the same for every kind of dossier. */
export type Application = {
  /** Commune code of the receiving office. */
  office: string;
  channel: Channel;
  applicant: { fullName: string; personalId: string | null; phone: string | null };
  /** Full name of the person whom the dossier is about. */
  subjectName: string | null;
  /** Personal numbers of the persons concerned. */
  parties: readonly (string | null)[];
  /** Ids of the attachments of the papers. */
  attachments?: readonly string[];
  handover: { method: HandoverMethod; paperCopies: number; address?: DeliveryAddress | null };
  /** Null or absent where nobody helped. */
  filledBy?: FilledBy | null;
};

/** Facts for questions to the agencies before a request is accepted, and what is configured about its rules. */
export type Enquiry = { agencies: Agencies; caller: Caller; now: Date; licencesOfLines: LicencesOfLines };

/** A kind of dossier that can be submitted: how its input is read, and what the desk takes from it. */
export type SubmittableKind<Input, Request> = DossierKind<Request> & {
  /**
   * Reads the input on the legal day of `now`. Adds all problems to `problems`; the result may be accepted only if there
   * are none. Questions about an agency's register are left to the agency.
   */
  read(input: Input, caller: Caller, now: Date, problems: Problems): Request;
  /** Completes a request with what agencies hold already, so that the citizen need not bring it. Adds problems, as `read` does. */
  complete?(request: Request, enquiry: Enquiry, problems: Problems): Promise<Request>;
  /** Further entitlements of the applicant with their rules, and duties that the law adds. None by default. */
  hints?(request: Request, enquiry: Enquiry): readonly Hint[];
  /** Versions that may decide this request; all by default. */
  versionsFor?(request: Request): readonly DossierDefinition[];
  /** Branches of the definition that the applicant leaves out. */
  leftOut(request: Request): readonly string[];
  application(request: Request): Application;
  /** Path into the client's input for an agency's path into the content; the same by default. */
  pathOf?(path: readonly string[]): string[];
  /** Problem of a second dossier for the same case, and the code of the same problem where an agency has found it already. */
  readonly duplicate: { path: string[]; fault(): Fault; codeOfAgency: string };
};

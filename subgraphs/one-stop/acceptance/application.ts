import type { Caller } from "../../_shared/identity/caller.ts";
import type { Fault } from "../../_shared/reference/identifiers/parsed.ts";
import type { DossierKind } from "../definitions/kind.ts";
import type { Problems } from "./problems.ts";

export const CHANNELS = ["DESK", "ONLINE", "POST"] as const;
export const HANDOVER_METHODS = ["ELECTRONIC", "DESK", "POST"] as const;

/** Data of a request that the desk itself needs, the same for every kind of dossier. */
export type Application = {
  /** Commune code of the receiving office. */
  office: string;
  channel: (typeof CHANNELS)[number];
  applicant: { fullName: string; personalId: string | null; phone: string | null };
  /** Full name of the person whom the dossier is about. */
  subjectName: string | null;
  /** Personal numbers of the persons concerned. */
  parties: readonly (string | null)[];
  /** Keys of the case: an open or granted dossier of the same kind holds each at most once. */
  duplicateKeys: readonly string[];
  handover: { method: (typeof HANDOVER_METHODS)[number]; paperCopies: number };
};

/** A kind of dossier that can be submitted: how its input is read, and what the desk takes from it. */
export type SubmittableKind<Input, Request> = DossierKind<Request> & {
  /**
   * Reads the input on the legal day of `now`. Adds all problems to `problems`; the result may be accepted only if there
   * are none. Questions about an agency's register are left to the agency.
   */
  read(input: Input, caller: Caller, now: Date, problems: Problems): Request;
  /** Branches of the definition that the applicant leaves out. */
  leftOut(request: Request): readonly string[];
  application(request: Request): Application;
  /** Problem of a second dossier for the same case, and the code of the same problem where an agency has found it already. */
  readonly duplicate: { path: string[]; fault(): Fault; codeOfAgency: string };
};

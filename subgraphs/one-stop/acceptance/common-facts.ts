import type { PaperInput } from "../single-procedures/input.ts";
import type { LookedUpPaper } from "../single-procedures/required-papers.ts";
import type { Address, Application, FilledBy } from "./application.ts";

type Declarant = {
  fullName: string;
  personalId: string | null;
  phone: string | null;
  email: string | null;
  address?: Address;
};

/** Facts that stored requests have in common, whatever their kind. */
export type CommonFacts = {
  declarant: Declarant;
  handover: Application["handover"];
  /** `capacity` is absent in requests of earlier releases. */
  filledBy?: (Omit<FilledBy, "capacity"> & Partial<FilledBy>) | null;
  papers?: readonly PaperInput[];
  lookedUpPapers?: readonly LookedUpPaper[] | null;
  /** Answers to the form of a single procedure. */
  form?: Record<string, unknown>;
};

/** Common facts of a stored request; a refiled branch keeps the request of its bundle in `birth`. */
export function commonFacts(request: object): CommonFacts {
  const { birth, ...own } = request as CommonFacts & { birth?: CommonFacts }; // acceptance alone writes requests
  return { ...birth, ...own };
}

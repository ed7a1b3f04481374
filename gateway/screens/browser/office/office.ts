import type { Answer } from "../client/graph.ts";
import type { Session } from "../client/session.ts";
import type { FormSchema } from "../form/form-schema.ts";
import type { Officer } from "./work-item.ts";

/** Session and queries that all views of the officer's screen share. */
export type Office = {
  session: Session;
  /** Sends a document as the officer. */
  ask<T>(query: string, variables?: Record<string, unknown>): Promise<Answer<T>>;
};

/** A part with all that a decision needs, as `documents/part.graphql` selects it. */
export type OpenPart = {
  risk: string;
  claimedBy: Officer | null;
  dossier: {
    code: string;
    receivedAt: string;
    applicant: { fullName: string } | null;
    subject: { fullName: string } | null;
    bundle: { name: string } | null;
  };
  part: {
    id: string;
    name: string;
    state: string;
    dueAt: string | null;
    content: Record<string, unknown> | null;
    supplement: { dueAt: string | null; items: { code: string; text: string }[] } | null;
    supplementAnswers: { item: string; text: string | null }[] | null;
    procedure: ProcedureFacts | null;
    likenesses: Likeness[] | null;
  };
};

type ProcedureFacts = {
  code: string;
  legalBasis: string[];
  formSchema: FormSchema;
  requiredPapers: { code: string; name: string }[] | null;
};

/** An entry of the register that may be the same as what the part asks for. */
export type Likeness = {
  id: string;
  text: string;
  textEn: string;
  dossier: { code: string } | null;
  facts: ComparedFact[];
};

export type ComparedFact = { field: string; label: string; here: string | null; there: string | null };

/** Kinds of a decision, in the order of their buttons: the members of `DecisionInput`. */
export const DECISIONS = ["grant", "refuse", "supplement", "extend"] as const;
export type DecisionKind = (typeof DECISIONS)[number];

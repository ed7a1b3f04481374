import type { z } from "zod";
import type { Caller } from "../identity/caller.ts";
import type { Tx } from "../serving/database.ts";

/** One procedure of a dossier as it reaches the agency that decides it. */
export type Part<Content> = {
  /** The agency's idempotency key. */
  id: string;
  procedure: string;
  /** Dossier code: the purpose of everything the agency does for this part. */
  dossier: string;
  /** Commune code of the office that received the dossier. */
  office: string;
  /** Business time of receipt: decides law and ages. */
  receivedAt: Date;
  /**
   * In the client's own shape. Of a part that was granted before and that the agency has lost, the content has besides
   * `grantedBefore`: the facts of that grant and its day `on`. The agency enters it again under the same numbers.
   */
  content: Content;
};

/** Something that stands in the way, with a path into the client's input. */
export type PartProblem = {
  code: string;
  /** Vietnamese. */
  message: string;
  messageEn: string;
  path: string[];
  /** The article a refusal on this ground cites. */
  legalBasis?: string;
  /** Code of a dossier that already asked for the same. */
  existingDossier?: string;
};

/**
 * What an agency finds out without writing: problems, reasons why a person must look before it may be granted, and what the
 * grant in the same transaction needs not look for again.
 */
export type Examination<Found = unknown> = { problems: PartProblem[]; verify: string[]; found: Found };

export type Granted = {
  /** The register entry, as the graph names it. */
  result?: { type: string; id: string };
  /** What later steps of the saga need to know, such as the personal number. */
  facts: Record<string, string>;
};

/**
 * One procedure that an agency decides. `grant` runs in the transaction that also keeps the answer, after an examination
 * without problems; `now` is the business time of the decision, from which days of registration are taken.
 */
export type ProcedureHandler<Content, Found = unknown> = {
  procedure: string;
  content: z.ZodType<Content>;
  examine(tx: Tx, part: Part<Content>): Promise<Examination<Found>>;
  grant(tx: Tx, part: Part<Content>, found: Found, by: Caller, now: Date): Promise<Granted>;
};

// biome-ignore lint/suspicious/noExplicitAny: a table of handlers whose contents differ; each is parsed by its own schema
export type AnyProcedure = ProcedureHandler<any, any>;
export type Procedures = { handlers: AnyProcedure[]; officer: ReadonlySet<string> };

/** Keeps each handler's types checked where it is declared. */
export function procedure<Content, Found>(handler: ProcedureHandler<Content, Found>): ProcedureHandler<Content, Found> {
  return handler;
}

/** Instruction of a person about a part that the agency has: exactly one member is given. `by` is the officer's token subject. */
export type PartInstruction = {
  by: string;
  grant?: { facts: Record<string, string> };
  refuse?: { reason: string; legalBasis: string };
  supplement?: { items: SupplementItem[] };
  /** The citizen answered the supplement. */
  answers?: { item: string; text: string | null; attachment: string | null }[];
};

/** Part answers as they are stored and sent: exactly one of the groups is present, according to the state. */
export type PartAnswerState = "PROCESSING" | "SUPPLEMENT_NEEDED" | "GRANTED" | "REFUSED" | "CANCELLED";
export type Refusal = {
  code: string;
  message: string;
  messageEn: string;
  legalBasis: string;
  /** Code of a dossier that already asked for the same; for those who may see it. */
  existingDossier?: string;
};
export type SupplementItem = { code: string; description: string };
export type StoredAnswer = {
  state: PartAnswerState;
  decidedAt: Date | null;
  result: { type: string; id: string } | null;
  facts: Record<string, string> | null;
  refusal: Refusal | null;
  supplement: SupplementItem[] | null;
};

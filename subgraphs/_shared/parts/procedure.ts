import type { z } from "zod";
import type { Subgraph } from "../../agency-registry.ts";
import type { Caller } from "../identity/caller.ts";
import type { LegalDay } from "../reference/days.ts";
import type { Tx } from "../serving/database.ts";
import type { Likeness } from "./likeness.ts";

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
   * `grantedBefore`: the facts of that grant and its day `on`. The agency enters it again under the same day and numbers.
   */
  content: Content;
  /** Facts that an officer states with a grant, such as the number of a licence; absent where the rules decide. */
  stated?: Readonly<Record<string, string>>;
};

/** Reason that prevents a part, with a path into the client's input. */
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
 * Result of an agency's examination, which writes nothing: problems, reasons for a review by an officer before a grant, and
 * the rows found, which the grant in the same transaction uses again.
 */
export type Examination<Found = unknown> = {
  problems: PartProblem[];
  verify: string[];
  /** Register entries that may be the same: only an officer who has compared them may grant the part. */
  likenesses?: Likeness[];
  found: Found;
};

type KeysOfEach<T> = T extends unknown ? keyof T : never;
type ResultType = KeysOfEach<Subgraph["resultTypes"]>;

export type Granted = {
  /** The register entry, as the graph names it: a result type of an agency's `agency.ts`, so that a dossier can show it. */
  result?: { type: ResultType; id: string };
  /** Values that later steps of the saga need, such as the personal number. */
  facts: Record<string, string>;
};

/** Member of every content: the earlier grant of a part that the agency has lost. */
export type PartContent = {
  grantedBefore?: { on: LegalDay; comparedDossiers?: string | undefined } | null | undefined;
};

/**
 * One procedure that an agency decides. `grant` runs in the transaction that also keeps the answer, after an examination without
 * problems; `on` is the day of the entry: that of the decision or, for a part that the agency has lost, of the earlier grant.
 */
export type ProcedureHandler<Content extends PartContent, Found = unknown> = {
  procedure: string;
  /** True if the agency decides it as a part of a life-event bundle alone; officers decide a dossier of the procedure by itself. */
  inBundlesOnly?: boolean;
  content: z.ZodType<Content>;
  examine(tx: Tx, part: Part<Content>): Promise<Examination<Found>>;
  grant(tx: Tx, part: Part<Content>, found: Found, by: Caller, on: LegalDay): Promise<Granted>;
};

// biome-ignore lint/suspicious/noExplicitAny: a table of handlers whose contents differ; each is parsed by its own schema
export type AnyProcedure = ProcedureHandler<any, any>;
export type Procedures = { handlers: AnyProcedure[]; officer: ReadonlySet<string> };

/** Keeps each handler's types checked where it is declared. */
export function procedure<Content extends PartContent, Found>(
  handler: ProcedureHandler<Content, Found>,
): ProcedureHandler<Content, Found> {
  return handler;
}

/** Content of a refusal. The desk states a code and the English reason where no officer refuses, but a term has ended. */
export type RefusalWords = { reason: string; legalBasis: string; code?: string; reasonEn?: string };

/** Instruction of a person about a part that the agency has: exactly one member is given. `by` is the officer's token subject. */
export type PartInstruction = {
  by: string;
  /** `compared`: ids of the likenesses that the officer has seen beside the part. */
  grant?: { facts: Record<string, string>; compared?: string[] };
  refuse?: RefusalWords;
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
  /** Entries to compare with, where an officer has to look. */
  likenesses?: Likeness[] | null;
};

/** True if an answer leaves the part open. */
export function isOpenAnswer(state: PartAnswerState): boolean {
  return state === "PROCESSING" || state === "SUPPLEMENT_NEEDED";
}

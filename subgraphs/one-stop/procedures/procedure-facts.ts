import type { TermUnit } from "../clock/terms.ts";

/** Units that a fee is published for, beside the dossier as a whole. */
export const FEE_UNITS = ["COPY", "PAGE", "PERSON"] as const;

/** A fee as published. `amountVnd` is in dong, null where a council or a schedule sets it; `per` is absent for one dossier. */
export type PublishedFee = {
  readonly name: string;
  readonly amountVnd: number | null;
  readonly channel: ProcedureFacts["channels"][number];
  readonly per?: (typeof FEE_UNITS)[number] | undefined;
};

/** Published facts of a procedure beside its code, name and agency; the operator's notes stay in the data file. */
export type ProcedureFacts = {
  levels: string[];
  processingTime: { quantity: number | null; unit: TermUnit | null; note: string | null };
  feeNote: string | null;
  channels: ("DESK" | "ONLINE" | "POST")[];
  results: { code: string; name: string }[];
  legalBasis: string[];
};

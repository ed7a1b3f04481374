/** The posted facts of a procedure beside its code, name and agency; the operator's doubts stay in the data file. */
export type ProcedureFacts = {
  levels: string[];
  processingTime: { quantity: number | null; unit: string | null; note: string | null };
  feeNote: string | null;
  channels: ("DESK" | "ONLINE" | "POST")[];
  results: { code: string; name: string }[];
  legalBasis: string[];
};

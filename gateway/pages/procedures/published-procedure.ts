type Agency = { name: string; nameEn: string };
type Named = { code: string; name: string };

/** Term of a procedure; the note has further conditions in Vietnamese. */
export type Term = { quantity: number | null; unit: string | null; note?: string | null };

export type Fee = { name: string; amountVnd: number | null; channel: string; per: string | null };

/** A procedure as the document `procedure` selects it. */
export type PublishedProcedure = {
  code: string;
  name: string;
  validFrom: string | null;
  validTo: string | null;
  successor: Named | null;
  agency: Agency;
  levels: string[];
  processingTime: Term;
  fees: Fee[];
  feeNote: string | null;
  channels: string[];
  requiredPapers: Named[] | null;
  results: Named[];
  legalBasis: string[];
};

/** A page of the list as the document `procedures` selects it. */
export type ProcedureList = {
  totalCount: number;
  nodes: { code: string; name: string; agency: Agency; processingTime: Term }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
};

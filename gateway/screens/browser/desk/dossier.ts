/** A dossier as `documents/follow-dossier.graphql` selects it. */
export type Dossier = {
  code: string;
  state: string;
  overdue: boolean;
  receivedAt: string;
  dueAt: string;
  applicant: { fullName: string; phone: string | null } | null;
  subject: { fullName: string } | null;
  bundle: { name: string } | null;
  handover: { method: string; paperCopies: number };
  handedOver: { at: string; receivedBy: string | null; method: string } | null;
  issuedPapers: { id: string; kind: string; name: string; nameEn: string; href: string }[];
  parts: DossierPart[];
  history: { nodes: HistoryEntry[] };
};

export type DossierPart = {
  id: string;
  name: string;
  state: string;
  dueAt: string | null;
  agency: { name: string };
  waitingFor: { text: string; textEn: string } | null;
  refusal: { message: string; messageEn: string; legalBasis: string } | null;
  supplement: { dueAt: string | null; items: { code: string; text: string; description: string }[] } | null;
};

type HistoryEntry = {
  id: string;
  at: string;
  state: string;
  step: string | null;
  actor: string;
  note: string | null;
  part: { name: string } | null;
};

/** Papers that are asked for now, each once. */
export function askedPapers({ parts }: Pick<Dossier, "parts">): { code: string; text: string }[] {
  const items = parts
    .filter(({ state }) => state === "SUPPLEMENT_NEEDED")
    .flatMap(({ supplement }) => supplement?.items ?? []);
  return [...new Map(items.map((each) => [each.code, each])).values()];
}

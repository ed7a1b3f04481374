type Agency = { name: string; nameEn: string };

export type TrackedPart = {
  agency: Agency;
  procedure: { name: string } | null;
  state: string;
  dueAt: string | null;
  completedAt: string | null;
  supplementDueAt: string | null;
};

/** The dossier as the document `track-dossier` selects it; instants have the offset +07:00. */
export type TrackedDossier = {
  code: string;
  state: string;
  outcome: string | null;
  bundle: { name: string };
  office: { name: string };
  heldBy: { holder: string; agency: Agency | null; since: string } | null;
  receivedAt: string;
  dueAt: string;
  overdue: boolean;
  updatedAt: string;
  dueAtExplanation: { text: string; textEn: string }[];
  steps: TrackedPart[];
  whatYouMustDo: string[];
  whatYouMustDoEn: string[];
};

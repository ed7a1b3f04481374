type Agency = { name: string; nameEn: string };

export type TrackedPart = {
  agency: Agency;
  name: string;
  state: string;
  dueAt: string | null;
  completedAt: string | null;
  supplementDueAt: string | null;
};

/** Feedback that was given for the declarant. */
export type TrackedFeedback = {
  rating: number | null;
  givenAt: string;
  answerBy: string | null;
  answer: string | null;
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
  /** True if a message has told a code with which the papers are sent here. */
  answeredByCode: boolean;
  feedback: TrackedFeedback | null;
};

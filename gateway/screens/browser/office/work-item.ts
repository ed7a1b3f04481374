export type Officer = { id: string; name: string };

/** Part in the work list, as the contract's document selects it. */
export type WorkItem = {
  part: { id: string; state: string; dueAt: string | null; procedure: { name: string } | null };
  dossier: { code: string; applicant: { fullName: string } | null };
  risk: string;
  claimedBy: Officer | null;
};

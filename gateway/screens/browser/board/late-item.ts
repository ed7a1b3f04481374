/** A dossier that is late or at risk, as the board asks for it. */
export type LateItem = {
  dossier: { code: string; dueAt: string; bundle: { name: string } | null };
  part: { id: string; name: string; agency: { code: string }; office: { code: string } } | null;
  risk: string;
  heldBy: {
    holder: string;
    agency: { name: string; nameEn: string } | null;
    officer: { id: string; name: string } | null;
  };
  since: string;
  reason: string;
  reasonEn: string;
  reassignable: boolean;
};

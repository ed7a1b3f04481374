/**
 * States of a draft certificate. `PLANNED`: it is shown when the work begins; `AWAITED`: the applicant has not answered;
 * `ACCEPTED_BY_SILENCE`: the term ended without an answer; `DISPUTED`: an officer decides the registration; `LAPSED`: the
 * dossier ended before an answer.
 */
export type CertificateState = "PLANNED" | "AWAITED" | "CONFIRMED" | "ACCEPTED_BY_SILENCE" | "DISPUTED" | "LAPSED";

/** Draft of a birth certificate as it is stored with its dossier. Instants are ISO texts. */
export type StoredCertificate = {
  state: CertificateState;
  /** Days to answer. */
  days: number;
  /** End of the term to answer; null until the draft is shown. */
  confirmBy: string | null;
  answeredAt: string | null;
  /** Errors that the applicant has found. */
  remark: string | null;
};

import { decide } from "../../subgraphs/one-stop/saga/decide.ts";
import { type Mistake, withChangedDecision, withChangedInput } from "./mistake.ts";

/** Mistakes about the draft certificate that an applicant confirms. */
export const MISTAKES_ABOUT_CERTIFICATES: Readonly<Record<string, Mistake>> = {
  "the work begins before the draft certificate is answered": {
    detectedBy: /begins before the draft certificate is answered/,
    decide: withChangedDecision((right, before, event) => {
      if (event.kind !== "ACCEPTED" || before.certificate === null) return right;
      const { state, commands } = decide({ ...before, certificate: null }, event, 0);
      return { state: { ...state, certificate: "AWAITED" }, commands };
    }),
  },

  "a draft certificate is answered by every process": {
    detectedBy: /the draft certificate is answered twice|history has \d+ deadlines, the dossier \d+/,
    decide: withChangedInput((state, event) => [
      "remark" in event ? { ...state, dossier: "AWAITING_CITIZEN", certificate: "AWAITED" } : state,
      event,
    ]),
  },

  "silence is no answer to the draft certificate": {
    detectedBy: /the draft certificate was never answered/,
    decide: (state, event, jitter, backoff) =>
      event.kind === "CERTIFICATE_EXPIRED" ? { state, commands: [] } : decide(state, event, jitter, backoff),
  },

  "the clock runs while the draft certificate is awaited": {
    detectedBy: /acted on while the citizen is awaited|the term is over after/,
    decide: withChangedDecision(({ state, commands }) => ({
      state,
      commands: commands.filter(({ kind }) => kind !== "STOP_CLOCK" || state.certificate !== "AWAITED"),
    })),
  },
};

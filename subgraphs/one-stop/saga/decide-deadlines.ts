import { type Command, type DossierState, isEnded, type SagaEvent, type SagaState } from "./state.ts";

type Decided = { readonly state: SagaState; readonly commands: readonly Command[] };

/** The clock stands still exactly while the citizen or a payment is awaited. */
export function withClock(before: SagaState, { state, commands }: Decided): Decided {
  const [stood, stands] = [isAwaiting(before.dossier), isAwaiting(state.dossier)];
  if (stood === stands) return { state, commands };
  const marks = state.marks.filter((mark) => mark !== "SUPPLEMENT_REMINDED");
  return { state: { ...state, marks }, commands: [...commands, { kind: stands ? "STOP_CLOCK" : "RUN_CLOCK" }] };
}

function isAwaiting(dossier: DossierState): boolean {
  return dossier === "AWAITING_CITIZEN" || dossier === "AWAITING_PAYMENT";
}

/** Marks the dossier once. While the clock stands still only the citizen is reminded, and only then. */
export function timeCame(state: SagaState, { mark, workingDays }: Extract<SagaEvent, { kind: "TIME_CAME" }>): Decided {
  const isOfStanding = mark === "SUPPLEMENT_REMINDED";
  if (isEnded(state.dossier) || isAwaiting(state.dossier) !== isOfStanding) return { state, commands: [] };
  // one apology, and none after the due date
  const isLate = mark === "APOLOGISED" && state.marks.includes("OVERDUE");
  if (isLate || state.marks.includes(mark)) return { state, commands: [] };
  const commands: Command[] = [{ kind: "RECORD", step: null, state: state.dossier }];
  if (mark === "APOLOGISED") commands.unshift({ kind: "APOLOGISE", workingDays });
  return { state: { ...state, marks: [...state.marks, mark] }, commands };
}

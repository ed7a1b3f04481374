/** Tone of the messages of a dossier, by the life event that it is about. */
export type Tone = "PLAIN" | "BIRTH" | "DEATH";

type ToldDossier = { definitionId: string; procedureCode: string; procedureName: string };

/** First registrations of births; a birth that is registered again, or a copy of its certificate, is no occasion to congratulate. */
const BIRTHS: readonly string[] = ["1.001193", "1.000689"];
const BIRTH_BUNDLE = "birth";
/** Registration of a death, and what follows from it. */
const DEATH = /khai tử|mai táng|tử tuất/i;

export function toneOf({ definitionId, procedureCode, procedureName }: ToldDossier): Tone {
  if (DEATH.test(procedureName)) return "DEATH";
  return definitionId === BIRTH_BUNDLE || BIRTHS.includes(procedureCode) ? "BIRTH" : "PLAIN";
}

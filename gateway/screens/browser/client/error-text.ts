import type { Answer } from "./graph.ts";
import { inOwnLanguage } from "./language.ts";

/** Result of a mutation: problems are data. */
export type Act = { problems: { message: string; messageEn: string }[] };

/** Messages of an answer's errors, for people. */
export function errorText({ errors = [] }: Answer<unknown>): string {
  return [...new Set(errors.map(({ message }) => message))].join(" ");
}

/** Problems of mutations, or the errors of one that gave no result; empty where all succeeded. */
export function problemsText(answer: Answer<Record<string, Act | null>>): string {
  const acts = Object.values(answer.data ?? {}).filter((act) => act !== null);
  if (acts.length === 0) return errorText(answer); // errors beside a result are about fields of it
  return acts.flatMap(({ problems }) => problems.map((each) => inOwnLanguage(each.message, each.messageEn))).join(" ");
}

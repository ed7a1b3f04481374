import { parseFreeText } from "../../_shared/reference/person-names.ts";
import { ownProblem, type Problem } from "../acceptance/problems.ts";
import type { FeedbackInput } from "./input.ts";
import { feedbackEmpty, ratingImpossible } from "./problems.ts";

export const LONGEST_COMPLAINT = 2_000;
const WORST = 1;
const BEST = 5;

export type FeedbackContent = { rating: number | null; complaint: string | null };

/** Content of feedback, or its problems, with paths below `path`. */
export function readContent(
  { rating = null, complaint = null }: FeedbackInput,
  path: string[],
): { content: FeedbackContent; problems: Problem[] } {
  const problems: Problem[] = [];
  if (rating !== null && (rating < WORST || rating > BEST))
    problems.push(ownProblem([...path, "rating"], ratingImpossible()));
  const text = complaint?.trim() ? paragraphText(complaint, LONGEST_COMPLAINT, [...path, "complaint"]) : null;
  if (text?.problem) problems.push(text.problem);
  if (rating === null && text === null) problems.push(ownProblem(path, feedbackEmpty()));
  return { content: { rating, complaint: text?.text ?? null }, problems };
}

/** Text of a form field with several lines, which becomes one. */
export function paragraphText(
  raw: string,
  longest: number,
  path: string[],
): { text: string; problem: null } | { text: null; problem: Problem } {
  const parsed = parseFreeText(raw.replaceAll(/\s*[\r\n]\s*/g, " "), longest);
  return parsed.ok ? { text: parsed.value, problem: null } : { text: null, problem: ownProblem(path, parsed.fault) };
}

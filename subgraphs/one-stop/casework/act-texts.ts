import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { parseFreeText, parsePersonName } from "../../_shared/reference/person-names.ts";
import { ownProblem, type Problem } from "../acceptance/problems.ts";
import type { DecisionInput, ReturnInput, SupplementAnswerInput } from "./input.ts";
import { answerEmpty, supplementItemsImpossible } from "./problems.ts";

const LONGEST_TEXT = 1_000;
const LONGEST_BASIS = 500;
const LONGEST_CODE = 50;
const MOST_ITEMS = 50;

type GivenText = [path: string[], text: string, longest: number];

/** Problem of the texts of a decision, which stand in the dossier's history and in letters to the citizen. */
export function decisionTextProblem({ refuse, supplement, extend }: DecisionInput): Problem | null {
  const items = supplement?.items ?? [];
  const codes = new Set(items.map(({ code }) => code));
  const isImpossible = items.length === 0 || items.length > MOST_ITEMS || codes.size < items.length;
  if (supplement && isImpossible)
    return ownProblem(["decision", "supplement", "items"], supplementItemsImpossible(MOST_ITEMS));
  const texts: GivenText[] = [
    ...(refuse ? [reasonOf("refuse", refuse.reason), basisOf(["refuse"], refuse.legalBasis)] : []),
    ...(extend ? [reasonOf("extend", extend.reason)] : []),
    ...items.flatMap(({ code, text, legalBasis }, place): GivenText[] => {
      const item = ["supplement", "items", String(place)];
      const basis = legalBasis?.trim() ? [basisOf(item, legalBasis)] : [];
      return [[[...item, "code"], code, LONGEST_CODE], [[...item, "text"], text, LONGEST_TEXT], ...basis];
    }),
  ];
  return firstProblem(texts.map(([path, text, longest]) => textProblem(["decision", ...path], text, longest)));
}

const reasonOf = (decision: string, reason: string): GivenText => [[decision, "reason"], reason, LONGEST_TEXT];
const basisOf = (path: string[], basis: string): GivenText => [[...path, "legalBasis"], basis, LONGEST_BASIS];

/** Problem of the answers to a supplement: each has a text or an attachment. */
export function answersProblem(answers: readonly SupplementAnswerInput[]): Problem | null {
  return firstProblem(
    answers.map(({ text, attachment }, place) => {
      const path = ["answers", String(place)];
      if (text?.trim()) return textProblem([...path, "text"], text, LONGEST_TEXT);
      return attachment ? null : ownProblem(path, answerEmpty());
    }),
  );
}

export function withdrawalReasonProblem(reason: string): Problem | null {
  return textProblem(["reason"], reason, LONGEST_TEXT);
}

/** Problem of the person who receives results, or of the receipt's code. */
export function returnProblem({ receivedBy, receiptCode }: ReturnInput): Problem | null {
  const path = ["input", "receivedBy"];
  const name = receivedBy && parsePersonName(receivedBy.fullName, "PERSON");
  if (name && !name.ok) return ownProblem([...path, "fullName"], name.fault);
  const number = receivedBy?.personalId ? parsePersonalId(receivedBy.personalId) : null;
  if (number && !number.ok) return ownProblem([...path, "personalId"], number.fault);
  return receiptCode ? textProblem(["input", "receiptCode"], receiptCode, LONGEST_CODE) : null;
}

/** Problem of a text that is empty, too long or has invisible characters. Line breaks are allowed. */
function textProblem(path: string[], text: string, longest: number): Problem | null {
  const parsed = parseFreeText(text.replace(/[\r\n\t]+/g, " "), longest);
  return parsed.ok ? null : ownProblem(path, parsed.fault);
}

function firstProblem(found: (Problem | null)[]): Problem | null {
  return found.find((each) => each !== null) ?? null;
}

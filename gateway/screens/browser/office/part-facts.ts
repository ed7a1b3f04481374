import { element } from "../client/element.ts";
import { contentView } from "./content.ts";
import { likenessView } from "./likeness-view.ts";
import type { OpenPart } from "./office.ts";
import { texts } from "./texts.ts";

/** Facts that a decision needs: the suspected duplicates first, then papers that were asked for, and the request. */
export function partFacts(part: OpenPart["part"]): HTMLElement {
  const likenesses = part.likenesses ?? [];
  return element(
    "div",
    {},
    likenesses.length > 0 && element("p", { class: "notice" }, texts.likeness.notice(likenesses.length)),
    likenesses.map((each, at) => likenessView(each, at + 1)),
    supplementOf(part),
    element("h3", {}, texts.content),
    part.content ? contentView(part.content, part.procedure?.formSchema) : element("p", {}, texts.noContent),
  );
}

function supplementOf({ supplement, supplementAnswers }: OpenPart["part"]): HTMLElement | null {
  if (!supplement) return null;
  const answerOf = (code: string) => supplementAnswers?.find(({ item }) => item === code)?.text;
  const rows = supplement.items.map(({ code, text }) =>
    element("div", {}, element("dt", {}, text), element("dd", {}, answerOf(code) ?? texts.notAnswered)),
  );
  return element("section", {}, element("h3", {}, texts.supplement), element("dl", { class: "facts" }, rows));
}

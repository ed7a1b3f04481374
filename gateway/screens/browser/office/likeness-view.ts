import { element } from "../client/element.ts";
import { inOwnLanguage, language } from "../client/language.ts";
import { titleOf } from "../form/form-schema.ts";
import { schemaAt, shownValue } from "./content.ts";
import type { ComparedFact, Likeness } from "./office.ts";
import { texts } from "./texts.ts";

/** A suspected duplicate: the dossier and the register beside each other, with their differences marked. */
export function likenessView({ text, textEn, dossier, facts }: Likeness, place: number): HTMLElement {
  const { title, fact, here, there, count } = texts.likeness;
  const different = facts.filter((each) => each.here !== each.there).length;
  const from = dossier ? `${there} (${dossier.code})` : there;
  return element(
    "section",
    { class: "likeness" },
    element("h3", {}, `${title(place)}: ${inOwnLanguage(text, textEn)}`),
    element("p", { class: "hint" }, count(different, facts.length)),
    element(
      "table",
      {},
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          [fact, here, from].map((each) => element("th", { scope: "col" }, each)),
        ),
      ),
      element("tbody", {}, facts.map(rowOf)),
    ),
  );
}

function rowOf({ field, label, here, there }: ComparedFact): HTMLElement {
  const schema = schemaAt(field);
  const [own, other] = [here, there].map((each) => (each === null ? "–" : shownValue(each, schema)));
  const differs = here !== there;
  return element(
    "tr",
    { class: differs ? "differs" : undefined },
    element(
      "th",
      { scope: "row" },
      language === "en" ? titleOf(schema) || label : label,
      differs && element("strong", {}, ` ≠ ${texts.likeness.differs}`),
    ),
    element("td", {}, marked(own ?? "", other ?? "")),
    element("td", {}, marked(other ?? "", own ?? "")),
  );
}

/** A text whose words that the other does not have are marked. */
function marked(text: string, other: string): (Node | string)[] {
  const known = new Set(other.split(" "));
  return text
    .split(" ")
    .flatMap((word, place) => [place > 0 ? " " : "", known.has(word) ? word : element("mark", {}, word)]);
}

import { element } from "../client/element.ts";
import type { Fact } from "./person.ts";

/** Facts of the agencies about a person, each marked with the colour of its agency. */
export function personTable(facts: readonly Fact[]): HTMLElement {
  return element(
    "dl",
    { class: "facts" },
    facts.map(({ agency, title, value, kind }) =>
      element(
        "div",
        { class: `fact ${kind}`, "data-agency": agency },
        element("dt", {}, element("span", { class: "dot", "aria-hidden": true }), title),
        element("dd", {}, value),
      ),
    ),
  );
}

import { element, fill } from "../client/element.ts";
import { ask, type Operation } from "../client/graph.ts";
import { factsOf, type Person } from "./person.ts";
import { personTable } from "./person-table.ts";
import { texts } from "./texts.ts";

type Caller = keyof typeof texts.personas;
const CALLERS = Object.keys(texts.personas) as Caller[]; // the keys of the type

/** Explains rights by the same question of several callers, side by side. */
export function rightsSection() {
  const columns = element("div", { class: "columns", "aria-live": "polite" });

  async function column(operation: Operation, persona: Caller): Promise<HTMLElement> {
    const answer = await ask<{ citizen: Person | null }>({ ...operation, persona });
    return element(
      "article",
      { class: "card" },
      element("h3", {}, texts.personas[persona]),
      element("p", {}, element("strong", {}, answer.data?.citizen?.fullName ?? "–")),
      personTable(factsOf(answer)),
    );
  }

  return {
    element: element(
      "section",
      { class: "explained wide" },
      element("h2", {}, texts.rights),
      element("p", {}, texts.rightsText),
      columns,
    ),
    async askAbout(operation: Operation): Promise<void> {
      fill(columns, await Promise.all(CALLERS.map((persona) => column(operation, persona))));
    },
  };
}

import { element, fill } from "../client/element.ts";
import { ask, type Operation } from "../client/graph.ts";
import { duration } from "../client/language.ts";
import { endOf, planDrawing } from "../plan/plan-drawing.ts";
import { agencies } from "./agencies.ts";
import type { Agency, Mode } from "./agency-card.ts";
import { factsOf, type Person, type PersonAnswer } from "./person.ts";
import { personTable } from "./person-table.ts";
import { texts } from "./texts.ts";

type Actions = {
  setMode(agency: Agency, mode: Mode): Promise<void>;
  answered(operation: Operation, answer: PersonAnswer): void;
};

/** Explains partial truth and the plan by one question about a person, which agencies that are unplugged do not answer. */
export function truthSection({ setMode, answered }: Actions) {
  const answer = element("div", { class: "truth-answer", "aria-live": "polite" });
  const plan = element("div", { class: "plan", tabindex: 0, role: "region", "aria-label": texts.planDrawing });
  const total = element("p", { class: "hint" });
  const plugs = agencies.map((agency) => {
    const button: HTMLButtonElement = element("button", {
      type: "button",
      class: "plug",
      "data-agency": agency.code,
      click: () => toggle(agency, button),
    });
    return { agency, button };
  });
  let operation: Operation | undefined;

  async function toggle(agency: Agency, button: HTMLElement): Promise<void> {
    await setMode(agency, button.getAttribute("aria-pressed") === "true" ? "UP" : "DOWN");
    await askAgain();
  }

  async function askAgain(): Promise<void> {
    if (!operation) return;
    const latest: PersonAnswer = await ask<{ citizen: Person | null }>(operation, { plan: true });
    answered(operation, latest);
    const { fullName } = latest.data?.citizen ?? {};
    fill(answer, element("p", {}, element("strong", {}, fullName ?? "–")), personTable(factsOf(latest)));
    const { steps, fetches = [] } = latest.extensions?.plan ?? {};
    fill(plan, steps ? planDrawing(steps, fetches, agencies, planText(fetches)) : texts.noAnswer);
    total.textContent = texts.total(duration(endOf(fetches)));
  }

  const partial = section(
    texts.partial,
    texts.partialText,
    element(
      "div",
      { class: "plugs", role: "group", "aria-label": texts.unplug },
      plugs.map(({ button }) => button),
    ),
    answer,
    element("p", {}, element("button", { type: "button", class: "small", click: askAgain }, texts.askAgain)),
  );
  return {
    elements: [partial, section(texts.plan, texts.planText, plan, total)],
    /** Asks a question about another person. */
    async askAbout(next: Operation): Promise<void> {
      operation = next;
      await askAgain();
    },
    showModes(modes: Partial<Record<string, Mode>>) {
      for (const { agency, button } of plugs) {
        const isDown = modes[agency.code] === "DOWN";
        button.setAttribute("aria-pressed", String(isDown));
        fill(
          button,
          element("span", { class: "dot", "aria-hidden": true }),
          `${isDown ? texts.plugIn : texts.unplug}: ${agency.title}`,
        );
      }
    },
  };
}

function section(title: string, text: string, ...content: HTMLElement[]): HTMLElement {
  return element("section", { class: "explained" }, element("h2", {}, title), element("p", {}, text), ...content);
}

/** The plan for those who do not see its drawing. */
function planText(fetches: readonly { subgraph: string; ms: number }[]): string {
  return `${texts.planDrawing}: ${fetches.map(({ subgraph, ms }) => `${subgraph} ${duration(ms)}`).join(", ")}`;
}

import { element, fill } from "../client/element.ts";
import { duration } from "../client/language.ts";
import { stateName } from "../client/state-names.ts";
import { answerOf, type Step } from "./journey.ts";
import { stepName, texts } from "./texts.ts";

export type Agency = { code: string; name: string; title: string };
export type Mode = keyof typeof texts.modes;

/** State of an agency that its card shows. */
export type AgencyView = {
  mode: Mode;
  steps: readonly Step[];
  /** Names of the steps that have waited for an answer in vain. */
  unanswered: ReadonlySet<string>;
  /** State of a process that was killed; undefined for one that was not. */
  killed: string | undefined;
  /** Text where there is no step. */
  idle: string;
  mayKill: boolean;
};

type Actions = { setMode(agency: Agency, mode: Mode): void; kill(agency: Agency): void };

/** Card of an agency in the picture: its steps of the dossier, its switch and its button for kill -9. */
export function agencyCard(agency: Agency, { setMode, kill }: Actions) {
  const steps = element("ul", { class: "steps" });
  const select: HTMLSelectElement = element(
    "select",
    { "aria-label": texts.mode(agency.title), change: () => setMode(agency, select.value as Mode) },
    Object.entries(texts.modes).map(([value, name]) => element("option", { value }, name)),
  );
  const button = element(
    "button",
    { type: "button", class: "kill", "aria-label": texts.killLabel(agency.title), click: () => kill(agency) },
    texts.kill,
  );
  const card = element(
    "article",
    { class: "card agency", "data-agency": agency.code },
    element("h3", {}, element("span", { class: "dot", "aria-hidden": true }), agency.title),
    steps,
    element("div", { class: "switches" }, select, button),
  );
  let shown = "";
  return {
    element: card,
    show(view: AgencyView) {
      if (select.value !== view.mode) select.value = view.mode;
      card.classList.toggle("down", view.mode === "DOWN" || view.killed === texts.killed);
      card.classList.toggle("changed", view.mode !== "UP");
      card.classList.toggle("busy", view.steps.some(isOpen));
      card.classList.toggle("done", view.steps.length > 0 && !view.steps.some(isOpen));
      button.hidden = !view.mayKill;
      const lines = [...view.steps.map((step) => lineOf(step, view.unanswered)), ...notesOf(view)];
      const text = lines.map(({ className, name, result }) => `${className} ${name} ${result}`).join();
      if (text === shown) return; // what has not changed must not be read or animated again
      shown = text;
      fill(
        steps,
        lines.map(({ className, name, result }) =>
          element(
            "li",
            { class: className },
            element("span", { class: "step-name" }, name),
            element("span", {}, result),
          ),
        ),
      );
    },
  };
}

function isOpen({ decidedAt }: Step): boolean {
  return decidedAt === undefined;
}

type Line = { className: string; name: string; result: string };

function lineOf(step: Step, unanswered: ReadonlySet<string>): Line {
  const name = stepName(step.name);
  const took = step.sentAt && step.decidedAt && duration(Date.parse(step.decidedAt) - Date.parse(step.sentAt));
  if (step.state === "GRANTED")
    return { className: "granted", name, result: [answerOf(step), took].filter(Boolean).join(" · ") };
  if (step.state === "REFUSED")
    return { className: "refused", name, result: step.part?.refusal?.message ?? stateName(step.state) };
  if (step.state === "SUPPLEMENT_NEEDED") return { className: "papers", name, result: stateName(step.state) };
  return { className: "sent", name, result: unanswered.has(step.name) ? texts.unanswered : stateName(step.state) };
}

function notesOf({ killed, steps, idle }: AgencyView): Line[] {
  const text = killed ?? (steps.length === 0 ? idle : undefined);
  return text ? [{ className: "note", name: text, result: "" }] : [];
}

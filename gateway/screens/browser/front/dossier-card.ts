import { element, fill } from "../client/element.ts";
import { dayAndTime, duration, language } from "../client/language.ts";
import { stateName } from "../client/state-names.ts";
import { type FollowedDossier, stepsOf } from "./journey.ts";
import { texts } from "./texts.ts";

/** Card of the dossier: its state, its due date and what it waits for. */
export function dossierCard(actions: { answerSupplement(): void }) {
  const body = element("div", { class: "card-body" });
  const card = element("article", { class: "card dossier" }, element("h3", {}, texts.dossier), body);
  return {
    element: card,
    show(dossier: FollowedDossier | undefined, shown: number) {
      if (!dossier) return fill(body, element("p", { class: "hint" }, texts.waitingToSend));
      const isLast = shown >= dossier.history.nodes.length;
      const state = isLast ? dossier.state : "IN_PROGRESS";
      card.dataset.state = state;
      fill(
        body,
        element("p", { class: "code" }, element("strong", {}, dossier.code)),
        element(
          "p",
          { class: "dossier-state" },
          stateName(state),
          " · ",
          progressOf(dossier, shown, state === "COMPLETED"),
        ),
        element(
          "p",
          { class: "hint" },
          `${texts.due} ${dayAndTime(dossier.dueAt)}`,
          dossier.overdue && element("strong", { class: "late" }, ` · ${texts.overdue}`),
        ),
        isLast && waitingText(dossier).map((text) => element("p", { class: "hint" }, text)),
        state === "AWAITING_CITIZEN" &&
          element("button", { type: "button", class: "small", click: actions.answerSupplement }, texts.supplement),
      );
    },
  };
}

/** Time from the receipt to the last decision that is shown. */
function progressOf(dossier: FollowedDossier, shown: number, isCompleted: boolean): string {
  const ends = stepsOf(dossier, shown).flatMap(({ decidedAt }) => decidedAt ?? []);
  const last = ends.sort().at(-1);
  if (!last) return texts.underWay;
  const time = duration(Date.parse(last) - Date.parse(dossier.receivedAt));
  return isCompleted ? texts.took(time) : time;
}

function waitingText({ parts }: FollowedDossier): string[] {
  const all = parts.flatMap(({ waitingFor }) =>
    waitingFor ? [language === "en" ? waitingFor.textEn : waitingFor.text] : [],
  );
  return [...new Set(all)].slice(0, 2);
}

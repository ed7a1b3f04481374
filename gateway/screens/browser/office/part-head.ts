import { element } from "../client/element.ts";
import { dayAndTime } from "../client/language.ts";
import { stateName } from "../client/state-names.ts";
import type { OpenPart } from "./office.ts";
import { riskOf } from "./row-content.ts";
import { texts } from "./texts.ts";

/** Name and state of a part, its people, due date and officer. */
export function partHead({ dossier, part, risk, claimedBy }: OpenPart): HTMLElement {
  const people = [...new Set([dossier.applicant?.fullName, dossier.subject?.fullName].filter(Boolean))].join(" · ");
  const due = part.dueAt ? ` · ${texts.due} ${dayAndTime(part.dueAt)}` : "";
  return element(
    "div",
    { class: "part-head" },
    element(
      "h2",
      { tabindex: -1 },
      `${part.name} `,
      element("span", { class: "badge", "data-state": part.state }, stateName(part.state)),
    ),
    element("p", {}, element("strong", {}, people), dossier.bundle ? ` · ${dossier.bundle.name}` : ""),
    element(
      "p",
      { class: "hint" },
      element("span", { class: "code" }, dossier.code),
      ` · ${texts.received} ${dayAndTime(dossier.receivedAt)}${due}`,
      riskOf(risk),
      ` · ${claimedBy ? texts.claimedBy(claimedBy.name) : texts.unclaimed}`,
    ),
  );
}

import { element } from "../client/element.ts";
import { dayAndTime } from "../client/language.ts";
import { stateName } from "../client/state-names.ts";
import type { WorkItem } from "./office.ts";
import { texts } from "./texts.ts";

/** Row of the work list: a link that opens the part. */
export function workItem({ part, dossier, risk, claimedBy }: WorkItem): HTMLElement {
  return element(
    "li",
    {},
    element(
      "a",
      { href: `#part/${dossier.code}/${part.id}`, "data-part": part.id },
      element("span", { class: "code" }, dossier.code),
      element("span", { class: "who" }, dossier.applicant?.fullName ?? ""),
      element("span", {}, part.procedure?.name ?? ""),
      element(
        "span",
        { class: "hint" },
        part.dueAt ? `${texts.due} ${dayAndTime(part.dueAt)}` : "",
        riskOf(risk),
        part.state === "PROCESSING" ? "" : ` · ${stateName(part.state)}`,
        claimedBy ? ` · ${claimedBy.name}` : "",
      ),
    ),
  );
}

/** Words for a risk of missing the due date; null for none. */
export function riskOf(risk: string): HTMLElement | null {
  const name = texts.risks[risk];
  return name ? element("strong", { class: `risk ${risk}` }, ` · ${name}`) : null;
}

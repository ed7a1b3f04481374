import { element } from "../client/element.ts";
import { dayAndTime } from "../client/language.ts";
import { stateName } from "../client/state-names.ts";
import type { LiveRow } from "./live-rows.ts";
import { texts } from "./texts.ts";

/** Content of a row of the work list, as the officer with this subject reads it. */
export function rowContent(
  { item: { part, dossier, risk, claimedBy }, isEnded }: LiveRow,
  subject: string,
): HTMLElement[] {
  return [
    element("span", { class: "code" }, dossier.code),
    element("span", { class: "who" }, dossier.applicant?.fullName ?? ""),
    element("span", {}, part.procedure?.name ?? ""),
    isEnded
      ? element("span", { class: "hint" }, texts.ended)
      : element(
          "span",
          { class: "hint" },
          part.dueAt ? `${texts.due} ${dayAndTime(part.dueAt)}` : "",
          riskOf(risk),
          part.state === "PROCESSING" ? "" : ` · ${stateName(part.state)}`,
          claimedBy ? ` · ${claimedBy.id === subject ? texts.own : claimedBy.name}` : "",
        ),
  ];
}

/** Words for a risk of missing the due date; null for none. */
export function riskOf(risk: string): HTMLElement | null {
  const name = texts.risks[risk];
  return name ? element("strong", { class: `risk ${risk}` }, ` · ${name}`) : null;
}

import { element, fill } from "../client/element.ts";
import { type Act, errorText, problemsText } from "../client/error-text.ts";
import { newestAnswer } from "../client/newest-answer.ts";
import type { Board } from "./board.ts";
import reassignDocument from "./documents/reassign.graphql";
import workloadDocument from "./documents/workload.graphql";
import type { LateItem } from "./late-item.ts";
import { shownNumber, texts } from "./texts.ts";

type Officer = { key: string; name: string; open: number };
type Reassigned = { reassignPart: Act | null };
type Given = Pick<LateItem, "dossier" | "heldBy"> & { part: NonNullable<LateItem["part"]> };

const UNCLAIMED = "UNCLAIMED";

/** Button that becomes a form: to which officer a part is given. */
export function reassignForm(board: Board, item: Given, done: (code: string) => Promise<void>): HTMLElement {
  const { code } = item.dossier;
  const place = element("div");
  const newest = newestAnswer();
  const open = element(
    "button",
    { type: "button", class: "small", "aria-label": texts.late.reassignOf(code), "data-reassign": code, click: choose },
    texts.late.reassign,
  );

  async function choose(): Promise<void> {
    const answer = await newest.to(assignableOfficers(board, item));
    if (!answer) return;
    fill(place, typeof answer === "string" ? notice(answer) : formOf(answer));
    place.querySelector<HTMLElement>("select, button")?.focus();
  }

  function formOf(officers: readonly Officer[]): HTMLElement {
    const options = officers.map(({ key, name, open: count }) =>
      element("option", { value: key }, `${name} (${texts.late.openParts(shownNumber(count))})`),
    );
    const everybody = item.heldBy.officer && element("option", { value: "" }, texts.late.everybody);
    if (options.length === 0 && !everybody) return notice(texts.late.nobody);
    const officer = element("select", { "aria-label": texts.late.to }, options, everybody);
    const fault = element("p", { class: "fault", role: "alert", hidden: true });
    const give = async (event: Event) => {
      event.preventDefault();
      const variables = { part: item.part.id, officer: officer.value || null };
      fault.textContent = problemsText(await board.ask<Reassigned>(reassignDocument, variables));
      fault.hidden = fault.textContent === "";
      if (fault.hidden) await done(code);
    };
    const send = element("button", { type: "submit", class: "small" }, texts.late.confirm);
    return element("form", { class: "reassign", submit: give }, officer, send, cancelButton(), fault);
  }

  function notice(text: string): HTMLElement {
    return element("div", { class: "reassign", role: "alert" }, element("p", {}, text), cancelButton());
  }

  function cancelButton(): HTMLElement {
    const cancel = () => {
      fill(place, open);
      open.focus();
    };
    return element("button", { type: "button", class: "small", click: cancel }, texts.late.cancel);
  }
  fill(place, open);
  return place;
}

/**
 * Officers to whom a part may be given: those who have worked on parts of its agency at its office, which may be another office than
 * the dossier's. A text tells why they are not known.
 */
async function assignableOfficers(board: Board, { part, heldBy }: Given): Promise<Officer[] | string> {
  const scope = { office: part.office.code, agency: part.agency.code };
  const answer = await board.ask<{ workload: Officer[] | null }>(workloadDocument, { scope, by: "OFFICER" });
  if (!answer.data?.workload) return `${texts.notRead}. ${errorText(answer)}`;
  return answer.data.workload.filter(({ key }) => key !== UNCLAIMED && key !== heldBy.officer?.id);
}

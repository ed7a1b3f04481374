import { element, fill } from "../client/element.ts";
import { type Act, problemsText } from "../client/error-text.ts";
import type { Board } from "./board.ts";
import reassignDocument from "./documents/reassign.graphql";
import workloadDocument from "./documents/workload.graphql";
import type { LateItem } from "./late-item.ts";
import { texts } from "./texts.ts";

type Officers = { workload: { key: string; name: string; open: number }[] | null };
type Reassigned = { reassignPart: Act | null };

const UNCLAIMED = "UNCLAIMED";

/** Button that becomes a form: to which officer of its agency a part is given. */
export function reassignForm(
  board: Board,
  { dossier: { code }, part, heldBy }: LateItem,
  done: (code: string) => Promise<void>,
): HTMLElement {
  const place = element("div");
  const open = element(
    "button",
    { type: "button", class: "small", "aria-label": texts.late.reassignOf(code), click: choose },
    texts.late.reassign,
  );

  async function choose(): Promise<void> {
    const scope = { ...board.scope, agency: part?.agency.code };
    const { data } = await board.ask<Officers>(workloadDocument, { scope, by: "OFFICER" });
    const officers = (data?.workload ?? []).filter(({ key }) => key !== UNCLAIMED && key !== heldBy.officer?.id);
    const options = officers.map(({ key, name, open: count }) =>
      element("option", { value: key }, `${name} (${count})`),
    );
    const everybody = heldBy.officer && element("option", { value: "" }, texts.late.everybody);
    const officer = element("select", { "aria-label": texts.late.to }, options, everybody);
    const fault = element("p", { class: "fault", role: "alert", hidden: true });
    const give = async (event: Event) => {
      event.preventDefault();
      const answer = await board.ask<Reassigned>(reassignDocument, { part: part?.id, officer: officer.value || null });
      fault.textContent = problemsText(answer);
      fault.hidden = fault.textContent === "";
      if (fault.hidden) await done(code);
    };
    fill(
      place,
      element(
        "form",
        { class: "reassign", submit: give },
        officer,
        element("button", { type: "submit", class: "small" }, texts.late.confirm),
        element("button", { type: "button", class: "small", click: cancel }, texts.late.cancel),
        fault,
      ),
    );
    officer.focus();
  }

  function cancel(): void {
    fill(place, open);
    open.focus();
  }
  fill(place, open);
  return place;
}

import decideDocument from "../../../playground/examples/decide-part.graphql";
import { element } from "../client/element.ts";
import { type Act, problemsText } from "../client/error-text.ts";
import { freshKey } from "../client/fresh-key.ts";
import { decisionFields } from "./decision-fields.ts";
import type { DecisionKind, Office, OpenPart } from "./office.ts";
import { texts } from "./texts.ts";

/** Form of one kind of decision of a part. `decided` is called once the decision is recorded. */
export function decisionForm(office: Office, part: OpenPart["part"], kind: DecisionKind, decided: () => void) {
  const fields = decisionFields[kind](part);
  const fault = element("p", { class: "fault", role: "alert", hidden: true });
  const send = element("button", { type: "submit" }, texts.form.send[kind]);
  let sent = { decision: "", key: "" };

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (send.disabled) return;
    send.disabled = true;
    const decision = { [kind]: fields.read() };
    const body = JSON.stringify(decision);
    // the same decision acts once, however often it is sent; a corrected one is another
    if (sent.decision !== body) sent = { decision: body, key: freshKey("office") };
    const variables = { part: part.id, decision, idempotencyKey: sent.key };
    const answer = await office.ask<{ decidePart: Act | null }>(decideDocument, variables);
    fault.textContent = problemsText(answer);
    fault.hidden = fault.textContent === "";
    send.disabled = false;
    if (fault.hidden) decided();
    else send.focus();
  }

  const form = element(
    "form",
    {
      class: "card decision",
      "aria-label": texts.decisions[kind],
      submit,
      keydown: (event) => {
        if (event instanceof KeyboardEvent && event.ctrlKey && event.key === "Enter") form.requestSubmit();
      },
    },
    element("h3", {}, texts.decisions[kind]),
    fields.elements,
    fault,
    send,
  );
  return {
    element: form,
    focus: () => form.querySelector<HTMLElement>("input, textarea, select, button")?.focus(),
  };
}

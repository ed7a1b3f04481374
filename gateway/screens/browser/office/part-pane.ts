import { element, fill } from "../client/element.ts";
import { texts } from "./texts.ts";

/** Places of a part's view. The form's place stays when the others are filled again, so that nobody's typing is disturbed. */
export function partPane(code: string, close: () => void) {
  const [head, form, facts] = [element("div"), element("div"), element("div")];
  const fault = element("p", { class: "fault", role: "alert", hidden: true });
  const back = element("button", { type: "button", class: "small back", click: close }, texts.back);
  const root = element("section", { class: "part-view", "aria-label": code }, back, head, fault, form, facts);

  function focusHead(): void {
    head.querySelector<HTMLElement>("h2")?.focus();
  }

  /** Fills the head; the focus does not leave it. */
  function showHead(...content: (HTMLElement | null)[]): void {
    const hadFocus = head.contains(document.activeElement);
    fill(head, content);
    if (hadFocus) focusHead();
  }

  return {
    ...{ element: root, focusHead, showHead },
    showFacts: (content: HTMLElement) => fill(facts, content),
    showFault: (text: string) => {
      fault.textContent = text;
      fault.hidden = text === "";
    },
    showForm: (content: HTMLElement) => fill(form, content),
    /** Closes the form. False: none was open. */
    closeForm: () => {
      const wasOpen = form.hasChildNodes();
      fill(form);
      if (wasOpen) focusHead();
      return wasOpen;
    },
  };
}

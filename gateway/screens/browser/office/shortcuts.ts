import { element } from "../client/element.ts";
import { texts } from "./texts.ts";

/** A key, such as `g`, `?` or `Escape`, and what it does. */
export type Shortcut = { key: string; name: string; run(): void };

const OFF = "motcua-office-keys-off";

/**
 * Keys that act wherever nobody is typing, with their list in a dialog. Single letters can be turned off there, since
 * speech input may press them (WCAG 2.1.4).
 */
export function shortcuts(all: readonly Shortcut[]) {
  const isOn = element("input", { id: "keys-on", type: "checkbox", change: keep });
  isOn.checked = localStorage.getItem(OFF) === null;

  function keep(): void {
    if (isOn.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  }

  const rows = [...all, { key: "Ctrl+Enter", name: texts.keys.send }].map(({ key, name }) =>
    element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, name)),
  );
  const dialog: HTMLDialogElement = element(
    "dialog",
    { class: "card", "aria-labelledby": "keys-title" },
    element("h2", { id: "keys-title" }, texts.keys.title),
    element("dl", { class: "facts" }, rows),
    element("p", { class: "tick" }, isOn, element("label", { for: "keys-on" }, texts.keys.on)),
    element("button", { type: "button", class: "small", click: () => dialog.close() }, texts.keys.close),
  );

  addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (dialog.open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const isTyping = target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select");
    if (key !== "Escape" && (isTyping || !isOn.checked)) return;
    const found = all.find((each) => each.key === key);
    if (!found) return;
    event.preventDefault();
    found.run();
  });
  return { element: dialog, open: () => dialog.showModal() };
}

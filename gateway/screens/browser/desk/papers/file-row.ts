import { element } from "../../client/element.ts";
import { texts } from "../texts.ts";

/** Row of a chosen file: its name, the progress of its upload or its problem, and a button that removes it. */
export function fileRow(remove: () => void) {
  const title = element("span", { class: "file-name" });
  const state = element("span", { class: "hint" });
  const bar = element("progress", { max: 1, value: 0, hidden: true });
  const button = element("button", { type: "button", class: "small", click: remove }, texts.files.remove);

  function say(text: string): void {
    bar.hidden = true;
    state.textContent = text;
  }

  return {
    element: element("li", { class: "file" }, title, bar, state, button),
    name(text: string): void {
      title.textContent = text;
      bar.setAttribute("aria-label", text);
      button.setAttribute("aria-label", `${texts.files.remove}: ${text}`);
    },
    say,
    progress(share: number): void {
      bar.hidden = false;
      bar.value = share;
      state.textContent = texts.files.sending(Math.floor(share * 100));
    },
    refuse(text: string): void {
      say(text);
      state.className = "field-fault";
    },
  };
}

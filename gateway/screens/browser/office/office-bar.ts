import { element } from "../client/element.ts";
import type { Line } from "../client/line.ts";
import { texts } from "./texts.ts";

type Acts = { again(): void; refresh(): void; openKeys(): void; leave(): void };

/** Bar above the list: the officer's agency, the line to the gateway, and tools. A line that is back refreshes the list. */
export function officeBar(title: string, line: Line, { again, refresh, openKeys, leave }: Acts): HTMLElement {
  const state = element("p", { class: "line", role: "status" });
  const showLine = (isUp: boolean) => {
    state.textContent = isUp ? texts.lineUp : texts.lineDown;
    state.classList.toggle("down", !isUp);
  };
  const tool = (name: string, click: () => void) => element("button", { type: "button", class: "small", click }, name);
  showLine(line.isUp());
  line.watch((isUp) => {
    showLine(isUp);
    if (isUp) refresh();
  });
  return element(
    "div",
    { class: "desk-bar" },
    element("strong", {}, title),
    state,
    tool(texts.again, again),
    tool(`${texts.keys.title} (?)`, openKeys),
    tool(texts.signOut, leave),
  );
}

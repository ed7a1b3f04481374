import { element } from "../client/element.ts";
import { dayAndTime } from "../client/language.ts";
import { texts } from "./texts.ts";

type Acts = { again(): void; leave(): void };

/** Bar above the board: links to its sections, the office and the time of the figures, and tools. */
export function boardBar(views: readonly (keyof typeof texts.views)[], { again, leave }: Acts) {
  const line = element("p", { class: "line", role: "status" });
  const bar = element(
    "div",
    { class: "desk-bar" },
    element(
      "nav",
      { class: "views" },
      views.map((name) => element("a", { href: `#${name}` }, texts.views[name])),
    ),
    line,
    element("button", { type: "button", class: "small", click: again }, texts.again),
    element("button", { type: "button", class: "small", click: leave }, texts.signOut),
  );
  const showTime = (office: string | undefined, at: string | undefined) => {
    line.textContent = [office, at === undefined ? texts.notRead : texts.at(dayAndTime(at))]
      .filter(Boolean)
      .join(" · ");
    line.classList.toggle("down", at === undefined);
  };
  return { element: bar, showTime };
}

import { element } from "../client/element.ts";
import type { Period } from "./board.ts";
import { shownDay, texts } from "./texts.ts";

/** Heading of a section, with the period of the figures that it shows. */
export function periodTitle(title: string) {
  const days = element("span", { class: "hint of-period" });
  const show = ({ from, to }: Period) => {
    days.textContent = texts.period.shown(shownDay(from), shownDay(to));
  };
  return { element: element("h2", {}, `${title} `, days), show };
}

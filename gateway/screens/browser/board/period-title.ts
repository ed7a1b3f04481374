import { writtenDay } from "../../../../subgraphs/_shared/reference/written-day.ts";
import { element } from "../client/element.ts";
import type { Period } from "./board.ts";
import { texts } from "./texts.ts";

/** Heading of a section, with the period of the figures that it shows. */
export function periodTitle(title: string) {
  const days = element("span", { class: "hint of-period" });
  const show = ({ from, to }: Period) => {
    days.textContent = texts.period.shown(writtenDay(from), writtenDay(to));
  };
  return { element: element("h2", {}, `${title} `, days), show };
}

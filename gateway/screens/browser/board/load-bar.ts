import { drawing } from "../client/element.ts";

const WIDTH = 100;
const HEIGHT = 6;

/** Bar of open parts: late ones, those at risk, and the others. The numbers stand beside it. */
export function loadBar({ open, late, atRisk }: Record<"open" | "late" | "atRisk", number>, most: number): SVGElement {
  const width = (count: number) => (count / most) * WIDTH;
  const bar = (kind: string, from: number, count: number) =>
    drawing("rect", { class: kind, x: width(from), y: 0, width: width(count), height: HEIGHT });
  return drawing(
    "svg",
    { class: "load", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    bar("late", 0, late),
    bar("at-risk", late, atRisk),
    bar("other", late + atRisk, Math.max(0, open - late - atRisk)),
  );
}

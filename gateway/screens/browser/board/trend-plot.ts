import { writtenDay } from "../../../../subgraphs/_shared/reference/written-day.ts";
import { drawing } from "../client/element.ts";
import { shownNumber, texts } from "./texts.ts";

/** A rate on a day, or in a month. */
export type TrendPoint = { day: string; numerator: number; denominator: number };

const WIDTH = 260;
const HEIGHT = 80;
const EDGE = 6;
/** Room for the percentages at the right and the days below. */
const RIGHT = 40;
const BELOW = 20;

/** Small plot of a rate's percentages over time, from 0 to 100; null without two points. */
export function trendPlot(points: readonly TrendPoint[]): SVGElement | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return null;
  const [begin, end] = [Date.parse(first.day), Date.parse(last.day)];
  const percents = points.map(({ numerator, denominator }) => (100 * numerator) / denominator);
  const x = (day: string) => EDGE + ((Date.parse(day) - begin) / (end - begin)) * (WIDTH - RIGHT - EDGE);
  const y = (percent: number) => EDGE + (1 - percent / 100) * (HEIGHT - BELOW - EDGE);
  const places = points.map(({ day }, at) => [x(day), y(percents[at] ?? 0)] as const);
  const [least, most] = [Math.min(...percents), Math.max(...percents)].map((each) => shownNumber(Math.round(each)));
  const label = texts.rates.trend(writtenDay(first.day), writtenDay(last.day), least ?? "", most ?? "");
  const line = places.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(" ");
  return drawing(
    "svg",
    { class: "trend", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label },
    [100, 50, 0].map((percent) => gridLine(percent, y(percent))),
    drawing("text", { x: EDGE, y: HEIGHT - 4 }, writtenDay(first.day)),
    drawing("text", { x: WIDTH - RIGHT, y: HEIGHT - 4, "text-anchor": "end" }, writtenDay(last.day)),
    drawing("polyline", { points: line }),
    places.map(([left, top], at) =>
      drawing(
        "circle",
        { cx: left.toFixed(1), cy: top.toFixed(1), r: 2.5 },
        drawing("title", {}, `${writtenDay(points[at]?.day ?? "")}: ${shownNumber(percents[at] ?? 0)} %`),
      ),
    ),
  );
}

function gridLine(percent: number, y: number): SVGElement {
  return drawing(
    "g",
    {},
    drawing("line", { x1: EDGE, x2: WIDTH - RIGHT, y1: y, y2: y }),
    drawing("text", { x: WIDTH - RIGHT + 6, y: y + 4 }, `${percent} %`),
  );
}

import { drawing } from "../client/element.ts";
import { shownDay, shownNumber, texts } from "./texts.ts";

/** A rate on a day, or in a month. */
export type TrendPoint = { day: string; numerator: number; denominator: number };

const WIDTH = 260;
const HEIGHT = 64;
const EDGE = 6;

/** Small plot of a rate's percentages over time, from 0 to 100; null without two points. */
export function trendPlot(points: readonly TrendPoint[]): SVGElement | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return null;
  const [begin, end] = [Date.parse(first.day), Date.parse(last.day)];
  const percents = points.map(({ numerator, denominator }) => (100 * numerator) / denominator);
  const x = (day: string) => EDGE + ((Date.parse(day) - begin) / (end - begin)) * (WIDTH - 2 * EDGE);
  const y = (percent: number) => EDGE + (1 - percent / 100) * (HEIGHT - 2 * EDGE);
  const places = points.map(({ day }, at) => [x(day), y(percents[at] ?? 0)] as const);
  const [least, most] = [Math.min(...percents), Math.max(...percents)].map((each) => shownNumber(Math.round(each)));
  const label = texts.rates.trend(shownDay(first.day), shownDay(last.day), least ?? "", most ?? "");
  const line = places.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(" ");
  return drawing(
    "svg",
    { class: "trend", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label },
    [100, 50, 0].map((percent) => drawing("line", { x1: EDGE, x2: WIDTH - EDGE, y1: y(percent), y2: y(percent) })),
    drawing("polyline", { points: line }),
    places.map(([left, top], at) =>
      drawing(
        "circle",
        { cx: left.toFixed(1), cy: top.toFixed(1), r: 2.5 },
        drawing("title", {}, `${shownDay(points[at]?.day ?? "")}: ${shownNumber(percents[at] ?? 0)} %`),
      ),
    ),
  );
}

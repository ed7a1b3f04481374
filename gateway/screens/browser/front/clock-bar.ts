import { fromDemo, toDemo } from "../client/demo-endpoints.ts";
import { element } from "../client/element.ts";
import { dayAndTime } from "../client/language.ts";
import { texts } from "./texts.ts";

const HOUR_MS = 3_600_000;

type Clock = { now: string; offsetMs: number };

/** Business clock with buttons that move it: the law's time follows it, retries do not. */
export function clockBar() {
  const face = element("output", { class: "clock-face", "aria-label": texts.clock });
  let offsetMs = 0;

  const businessNow = () => Date.now() + offsetMs;
  function draw(): void {
    face.textContent = dayAndTime(new Date(businessNow()).toISOString(), true);
  }

  async function move(byMs: number | undefined): Promise<void> {
    const now = byMs === undefined ? null : new Date(businessNow() + byMs).toISOString();
    adopt(await toDemo<Clock>("clock", { now }));
  }

  function adopt(clock: Clock | undefined): void {
    if (clock) offsetMs = Date.parse(clock.now) - Date.now();
    draw();
  }

  const button = (text: string, byMs?: number) =>
    element("button", { type: "button", class: "small", click: () => move(byMs) }, text);
  setInterval(draw, 1_000);
  return {
    element: element(
      "div",
      { class: "clock", role: "group", "aria-label": texts.clock },
      element("span", { class: "hint" }, texts.clock),
      face,
      button(texts.clockHour, HOUR_MS),
      button(texts.clockDay, 24 * HOUR_MS),
      button(texts.clockWeek, 168 * HOUR_MS),
      button(texts.clockReset),
    ),
    async refresh() {
      adopt(await fromDemo<Clock>("clock"));
    },
  };
}

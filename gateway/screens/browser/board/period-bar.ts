import { element } from "../client/element.ts";
import type { Period } from "./board.ts";
import { texts } from "./texts.ts";

const DAY_MS = 86_400_000;
const VIETNAM_MS = 7 * 3_600_000;
const USUAL_DAYS = 30;

const dayOf = (ms: number) => new Date(ms + VIETNAM_MS).toISOString().slice(0, 10);

/** Bar that chooses the period of rates and score: some last days, or any days. */
export function periodBar(now: string, chosen: (period: Period) => void) {
  const today = Date.parse(now);
  const last = (days: number): Period => ({ from: dayOf(today - (days - 1) * DAY_MS), to: dayOf(today) });
  const from = element("input", { id: "from", type: "date", required: true, value: last(USUAL_DAYS).from });
  const to = element("input", { id: "to", type: "date", required: true, value: last(USUAL_DAYS).to });
  const period = () => ({ from: from.value, to: to.value });
  const spans = Object.entries(texts.period.spans).map(([days, name]) => {
    const choose = () => {
      const span = last(Number(days));
      from.value = span.from;
      to.value = span.to;
      chosen(span);
    };
    return element("button", { type: "button", class: "small", click: choose }, name);
  });
  const submit = (event: Event) => {
    event.preventDefault();
    chosen(period());
  };
  const form = element(
    "form",
    { class: "period", "aria-label": texts.period.title, submit },
    spans,
    element("label", { for: "from" }, texts.period.from),
    from,
    element("label", { for: "to" }, texts.period.to),
    to,
    element("button", { type: "submit", class: "small" }, texts.period.show),
  );
  return { element: form, chosen: period };
}

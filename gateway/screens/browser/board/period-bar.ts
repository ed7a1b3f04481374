import { element } from "../client/element.ts";
import type { Period } from "./board.ts";
import { texts } from "./texts.ts";

const DAY_MS = 86_400_000;
const VIETNAM_MS = 7 * 3_600_000;
const USUAL_DAYS = 30;

/** Days up to that of an instant, which is the last of them. */
function lastDays(days: number, now: string): Period {
  const dayOf = (ms: number) => new Date(ms + VIETNAM_MS).toISOString().slice(0, 10);
  const today = Date.parse(now);
  return { from: dayOf(today - (days - 1) * DAY_MS), to: dayOf(today) };
}

/** Bar that chooses the period of rates and score: some last days, or any days. */
export function periodBar(begun: string, chosen: (period: Period) => unknown) {
  const usual = lastDays(USUAL_DAYS, begun);
  const from = element("input", { id: "from", type: "date", required: true, value: usual.from });
  const to = element("input", { id: "to", type: "date", required: true, value: usual.to });
  const period = () => ({ from: from.value, to: to.value });
  const spans = Object.entries(texts.period.spans).map(([days, name]) => ({
    days: Number(days),
    button: element("button", { type: "button", class: "small", click: () => choose(Number(days)) }, name),
  }));
  let span: number | undefined = USUAL_DAYS;
  let now = begun;

  function mark(days: number | undefined): void {
    span = days;
    for (const each of spans) each.button.setAttribute("aria-pressed", String(each.days === days));
  }

  function setDays(days: number): void {
    const last = lastDays(days, now);
    from.value = last.from;
    to.value = last.to;
    mark(days);
  }

  function choose(days: number): void {
    setDays(days);
    chosen(period());
  }

  /** Moves a chosen number of last days on to the present day. */
  function setNow(instant: string): void {
    now = instant;
    if (span !== undefined) setDays(span);
  }

  const submit = (event: Event) => {
    event.preventDefault();
    chosen(period());
  };
  mark(span);
  const form = element(
    "form",
    { class: "period", "aria-label": texts.period.title, submit, input: () => mark(undefined) },
    spans.map(({ button }) => button),
    element("label", { for: "from" }, texts.period.from),
    from,
    element("label", { for: "to" }, texts.period.to),
    to,
    element("button", { type: "submit", class: "small" }, texts.period.show),
  );
  return { element: form, chosen: period, setNow };
}

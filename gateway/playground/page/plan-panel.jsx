import { useEffect, useRef, useSyncExternalStore } from "react";
import { subgraphs } from "../../../subgraphs/agency-registry.ts";
import { endOf, planDrawing } from "../../screens/browser/plan/plan-drawing.ts";

const AGENCIES = subgraphs.map(({ name, agency }) => ({ name, code: agency }));
const listeners = new Set();
let latest;

/** Keeps the plan of an answer for its drawing. */
export function notePlan(plan) {
  if (!plan?.steps) return;
  latest = plan;
  for (const listener of listeners) listener();
}

function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function Drawing() {
  const plan = useSyncExternalStore(listen, () => latest);
  const place = useRef(null);
  useEffect(() => {
    if (plan) place.current.replaceChildren(planDrawing(plan.steps, plan.fetches, AGENCIES, "Kế hoạch (query plan)"));
  }, [plan]);
  if (!plan) return <p>Đánh dấu “Kế hoạch” rồi chạy một câu hỏi. (Tick “Kế hoạch”, then run a query.)</p>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="plan" ref={place} tabIndex={0} aria-label="Kế hoạch (query plan)" />
      <p>{Math.round(endOf(plan.fetches))} ms</p>
    </>
  );
}

function Icon() {
  return (
    <svg viewBox="0 0 14 14" fill="none" stroke="currentColor" strokeWidth="1.2" aria-hidden="true">
      <path d="M1 5h4v4H1zM9 1h4v4H9zM9 9h4v4H9zM5 7h2V3h2M7 7v4h2" />
    </svg>
  );
}

/** Panel of the page with the drawn plan of the last answer. */
export const PLAN_PANEL = {
  title: "Kế hoạch (query plan)",
  icon: Icon,
  content: () => (
    <div className="plan-panel">
      <h2>Kế hoạch</h2>
      <Drawing />
    </div>
  ),
};

import { drawing } from "../client/element.ts";
import type { Fetch, PlanStep } from "../client/graph.ts";
import { duration } from "../client/language.ts";
import { NODE, type PlanNode, planLayout } from "./plan-layout.ts";

/** Agency with the name of its subgraph. */
type DrawnAgency = { name: string; code: string };

const MARGIN = 4;
const BAR = { x: 14, y: 52, height: 6 };

/** Drawing of a query plan. The bar in each fetch shows when it ran, within the time of all fetches. */
export function planDrawing(
  steps: PlanStep,
  fetches: readonly Fetch[],
  agencies: readonly DrawnAgency[],
  label: string,
) {
  const { nodes, edges, width, height } = planLayout(steps, fetches);
  const span = { from: Math.min(...fetches.map(({ beganAtMs }) => beganAtMs)), to: endOf(fetches) };
  const lines = edges.map(([from, to]) => drawing("path", { class: "plan-edge", d: edge(from, to) }));
  const boxes = nodes.map((node) =>
    box(
      node,
      agencies.find(({ name }) => name === node.subgraph),
      span,
    ),
  );
  const viewBox = `${-MARGIN} ${-MARGIN} ${width + 2 * MARGIN} ${height + 2 * MARGIN}`;
  return drawing(
    "svg",
    { viewBox, width: width + 2 * MARGIN, height: height + 2 * MARGIN, role: "img", "aria-label": label },
    lines,
    boxes,
  );
}

/** Milliseconds until the last fetch had ended. */
export function endOf(fetches: readonly Fetch[]): number {
  return Math.max(1, ...fetches.map(({ beganAtMs, ms }) => beganAtMs + ms));
}

function box(
  { x, y, subgraph, path, fetch }: PlanNode,
  agency: DrawnAgency | undefined,
  { from: first, to }: { from: number; to: number },
): SVGGElement {
  const room = NODE.width - 2 * BAR.x;
  const perMs = room / Math.max(1, to - first);
  const from = BAR.x + ((fetch?.beganAtMs ?? first) - first) * perMs;
  const length = Math.max(3, (fetch?.ms ?? 0) * perMs);
  const state = fetch?.outcome === "ok" ? duration(fetch.ms) : (fetch?.outcome ?? "–");
  const isBad = fetch !== undefined && fetch.outcome !== "ok";
  return drawing(
    "g",
    {
      transform: `translate(${x} ${y})`,
      class: `plan-node${isBad ? " failed" : ""}`,
      "data-agency": agency?.code ?? "",
    },
    drawing("rect", { class: "plan-box", width: NODE.width, height: NODE.height, rx: 6 }),
    drawing("rect", { class: "plan-colour", width: 6, height: NODE.height, rx: 3 }),
    drawing("text", { x: 14, y: 20, class: "plan-name" }, subgraph),
    drawing("text", { x: 14, y: 40, class: "plan-path" }, path || "Query"),
    drawing("text", { x: NODE.width - 10, y: 40, class: "plan-time", "text-anchor": "end" }, state),
    drawing("rect", { class: "plan-track", x: BAR.x, y: BAR.y, width: room, height: BAR.height, rx: 3 }),
    fetch ? drawing("rect", { class: "plan-bar", x: from, y: BAR.y, width: length, height: BAR.height, rx: 3 }) : null,
  );
}

function edge(from: PlanNode, to: PlanNode): string {
  const [x1, y1] = [from.x + NODE.width, from.y + NODE.height / 2];
  const [x2, y2] = [to.x, to.y + NODE.height / 2];
  const half = (x1 + x2) / 2;
  return `M${x1} ${y1}C${half} ${y1} ${half} ${y2} ${x2} ${y2}`;
}

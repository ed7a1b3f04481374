import { drawing, fill } from "../client/element.ts";

/** A line of the picture; `isLive` while a question travels along it. */
export type Wire = { from: string; to: string; kind: "query" | "saga"; isLive: boolean };

type Point = { x: number; y: number };
type Box = { left: number; top: number; right: number; bottom: number };

/** Lines between the cards of the picture, behind them. Their ends follow the layout of the cards. */
export function wireDrawing(stage: HTMLElement) {
  const svg = drawing("svg", { class: "wires", "aria-hidden": "true" });
  let wires: readonly Wire[] = [];

  function boxOf(name: string, origin: DOMRect): Box | undefined {
    const card = stage.querySelector(`[data-node="${name}"]`)?.getBoundingClientRect();
    if (!card) return undefined;
    const { x, y } = origin;
    return { left: card.left - x, right: card.right - x, top: card.top - y, bottom: card.bottom - y };
  }

  function draw(): void {
    const origin = stage.getBoundingClientRect();
    svg.setAttribute("viewBox", `0 0 ${origin.width} ${origin.height}`);
    const paths = wires.flatMap(({ from, to, kind, isLive }) => {
      const [one, other] = [boxOf(from, origin), boxOf(to, origin)];
      if (!one || !other) return [];
      const state = isLive ? "live" : "resting";
      return drawing("path", { d: curve(one, other), class: `wire ${kind} ${state}`, "data-to": to });
    });
    fill(svg, paths);
  }

  new ResizeObserver(draw).observe(stage);
  return {
    element: svg,
    show(next: readonly Wire[]) {
      if (JSON.stringify(next) === JSON.stringify(wires)) return; // a new path would begin its animation again
      wires = next;
      draw();
    },
  };
}

/** Curve from the nearest edge of one box to that of another. */
function curve(one: Box, other: Box): string {
  const [from, to] = [middle(one), middle(other)];
  if (other.bottom <= one.top) return vertical({ x: from.x, y: one.top }, { x: to.x, y: other.bottom });
  if (one.bottom <= other.top) return vertical({ x: from.x, y: one.bottom }, { x: to.x, y: other.top });
  const isRight = from.x < to.x;
  return `M${isRight ? one.right : one.left} ${from.y}H${isRight ? other.left : other.right}`;
}

function vertical(from: Point, to: Point): string {
  const half = (from.y + to.y) / 2;
  return `M${from.x} ${from.y}C${from.x} ${half} ${to.x} ${half} ${to.x} ${to.y}`;
}

function middle({ left, right, top, bottom }: Box): Point {
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

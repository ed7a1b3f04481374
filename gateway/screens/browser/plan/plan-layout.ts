import type { Fetch, PlanStep } from "../client/graph.ts";

/** A fetch in the drawing of a plan; `fetch` is undefined where it was not needed. */
export type PlanNode = { x: number; y: number; subgraph: string; path: string; fetch: Fetch | undefined };
export type PlanLayout = { nodes: PlanNode[]; edges: (readonly [PlanNode, PlanNode])[]; width: number; height: number };

export const NODE = { width: 168, height: 64 };
const GAP = { x: 48, y: 16 };

type Piece = PlanLayout & { first: PlanNode[]; last: PlanNode[] };
type Take = (subgraph: string) => Fetch | undefined;

/** Places of the fetches of a plan: those one after another from left to right, those at once below one another. */
export function planLayout(steps: PlanStep, fetches: readonly Fetch[]): PlanLayout {
  const waiting = [...fetches].sort((one, other) => one.beganAtMs - other.beganAtMs);
  const take: Take = (subgraph) => {
    const found = waiting.findIndex((each) => each.subgraph === subgraph);
    return found === -1 ? undefined : waiting.splice(found, 1)[0];
  };
  const { nodes, edges, width, height } = pieceOf(steps, take);
  return { nodes, edges, width, height };
}

function pieceOf(step: PlanStep, take: Take): Piece {
  if (step.kind === "fetch") {
    const { subgraph, path } = step;
    const node = { x: 0, y: 0, subgraph, path: path.map(withoutSuffix).join(" › "), fetch: take(subgraph) };
    return { nodes: [node], edges: [], ...NODE, first: [node], last: [node] };
  }
  const pieces = step.steps.map((each) => pieceOf(each, take));
  return step.kind === "sequence" ? inSequence(pieces) : atOnce(pieces);
}

function inSequence(pieces: readonly Piece[]): Piece {
  const height = Math.max(0, ...pieces.map((piece) => piece.height));
  const edges: PlanLayout["edges"] = [];
  let width = 0;
  let before: Piece | undefined;
  for (const piece of pieces) {
    move(piece, width === 0 ? 0 : width + GAP.x, (height - piece.height) / 2);
    width += (width === 0 ? 0 : GAP.x) + piece.width;
    for (const from of before?.last ?? []) edges.push(...piece.first.map((to) => [from, to] as const));
    edges.push(...piece.edges);
    before = piece;
  }
  const nodes = pieces.flatMap((piece) => piece.nodes);
  return { nodes, edges, width, height, first: pieces[0]?.first ?? [], last: before?.last ?? [] };
}

function atOnce(pieces: readonly Piece[]): Piece {
  let height = 0;
  for (const piece of pieces) {
    move(piece, 0, height === 0 ? 0 : height + GAP.y);
    height += (height === 0 ? 0 : GAP.y) + piece.height;
  }
  return {
    ...{ height, width: Math.max(0, ...pieces.map((piece) => piece.width)) },
    nodes: pieces.flatMap((piece) => piece.nodes),
    edges: pieces.flatMap((piece) => piece.edges),
    first: pieces.flatMap((piece) => piece.first),
    last: pieces.flatMap((piece) => piece.last),
  };
}

function move({ nodes }: Piece, x: number, y: number): void {
  for (const node of nodes) {
    node.x += x;
    node.y += y;
  }
}

/** Name of a field in the response; a plan numbers those that are selected more than once. */
function withoutSuffix(name: string): string {
  return name.replace(/__\d+$/, "");
}

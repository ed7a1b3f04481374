import type { GraphQLError } from "graphql";
import { stillRefused } from "./planning-refusals.ts";

/** Shapes of operations that were too expensive to plan. Each is kept for a while. */
export type RefusedShapes = {
  /** Refusal of an operation whose shape is known to be too expensive. */
  refusalOf(shape: () => string): GraphQLError | undefined;
  add(shape: string, refusal: GraphQLError): void;
};

const KEPT_MS = 60_000;
const MOST_SHAPES = 1_000;

/** @param now milliseconds of a steady clock. */
export function openRefusedShapes(now: () => number = () => performance.now()): RefusedShapes {
  const shapes = new Map<string, { refusal: GraphQLError; until: number }>(); // in the order of their ends
  return {
    refusalOf(shape) {
      if (shapes.size === 0) return undefined;
      const found = shapes.get(shape());
      const left = found ? found.until - now() : 0;
      if (found && left > 0) return stillRefused(found.refusal, left);
      shapes.delete(shape());
      return undefined;
    },
    add(shape, refusal) {
      shapes.delete(shape);
      shapes.set(shape, { refusal, until: now() + KEPT_MS });
      for (const [oldest, { until }] of shapes) {
        if (shapes.size <= MOST_SHAPES && until > now()) break;
        shapes.delete(oldest);
      }
    },
  };
}

import type { TrendPoint } from "./trend-plot.ts";

/** A rate with its numbers. */
export type NamedRate = { code: string; name: string; nameEn: string; numerator: number; denominator: number };

/** A rate as the board asks for it. */
export type Rate = NamedRate & {
  definition: string;
  definitionEn: string;
  percent: number | null;
  isCurrent: boolean;
  points: TrendPoint[];
};

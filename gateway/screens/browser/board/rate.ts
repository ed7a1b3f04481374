import type { TrendPoint } from "./trend-plot.ts";

/** A rate as the board asks for it. */
export type Rate = {
  code: string;
  name: string;
  nameEn: string;
  definition: string;
  definitionEn: string;
  numerator: number;
  denominator: number;
  percent: number | null;
  isCurrent: boolean;
  points: TrendPoint[];
};

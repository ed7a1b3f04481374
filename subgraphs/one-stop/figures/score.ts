import type { RateFigure } from "./rate-figure.ts";
import { GROUP_NAMES, SCORE_GROUPS, SCORE_SOURCE, type ScoreCriterion } from "./score-rules.ts";

/** Points of a criterion; null where there is no data, with the reason. */
export type ScoredCriterion = ScoreCriterion & {
  points: number | null;
  formula: string;
  formulaEn: string;
  figure: RateFigure | null;
};

/** Points of rates by the criteria. What has no data has no points and does not count as attainable. */
export function scoreOf(figures: readonly RateFigure[], criteria: readonly ScoreCriterion[]) {
  const scored = criteria.map((each) => scoredCriterion(each, figures));
  const groups = SCORE_GROUPS.map((code) => {
    const own = scored.filter(({ group }) => group === code);
    return { code, ...GROUP_NAMES[code], ...sumOf(own), criteria: own };
  });
  return { ...sumOf(scored), source: SCORE_SOURCE, isComplete: scored.every(({ points }) => points !== null), groups };
}

function scoredCriterion(criterion: ScoreCriterion, figures: readonly RateFigure[]): ScoredCriterion {
  const figure = figures.find(({ rule }) => rule.code === criterion.rate) ?? null;
  if (!figure)
    return {
      ...{ ...criterion, points: null, figure },
      formula: "Bộ phận Một cửa không có dữ liệu của tiêu chí này nên không chấm điểm.",
      formulaEn: "The desk has no data of this criterion and gives no points.",
    };
  const { numerator, denominator } = figure;
  if (denominator === 0)
    return {
      ...{ ...criterion, points: null, figure },
      formula: "Trong kỳ không có hồ sơ nào được tính nên không chấm điểm.",
      formulaEn: "No dossier of the period is counted, so there are no points.",
    };
  const points = rounded((criterion.maxPoints * numerator) / denominator);
  const formula = `${criterion.maxPoints} × ${numerator} / ${denominator} = ${points}`;
  return { ...criterion, points, formula: formula.replaceAll(".", ","), formulaEn: formula, figure };
}

function sumOf(criteria: readonly ScoredCriterion[]) {
  const known = criteria.filter(({ points }) => points !== null);
  const sum = (values: readonly number[]) => rounded(values.reduce((total, each) => total + each, 0));
  return {
    points: known.length === 0 ? null : sum(known.map(({ points }) => points ?? 0)),
    attainable: sum(known.map(({ maxPoints }) => maxPoints)),
    maxPoints: sum(criteria.map(({ maxPoints }) => maxPoints)),
  };
}

const rounded = (points: number) => Math.round(points * 100) / 100;

/** Bounds of the planner's search, whose cost grows exponentially with some operations. */
export const PLANNER_BOUNDS = { maxEvaluatedPlans: 1_000, pathsLimit: 2_000 };

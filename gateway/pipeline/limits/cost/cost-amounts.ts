/** State of one cost evaluation: the coerced variables, and the results of shared parts. */
export type Evaluation = { variables: Readonly<Record<string, unknown>>; known: (number | undefined)[] };

type Open = (evaluation: Evaluation) => number;
/** A constant, or a number that depends on the variables. */
export type Amount = number | Open;

/** Costs are capped at the largest safe integer. */
const MOST = Number.MAX_SAFE_INTEGER;

export function amountOf(amount: Amount, evaluation: Evaluation): number {
  return typeof amount === "number" ? amount : amount(evaluation);
}

export function plus(amounts: readonly Amount[]): Amount {
  return folded(amounts, (a, b) => Math.min(MOST, a + b), 0);
}

export function times(a: Amount, b: Amount): Amount {
  return a === 0 || b === 0 ? 0 : folded([a, b], (x, y) => Math.min(MOST, x * y), 1);
}

export function most(amounts: readonly Amount[]): Amount {
  return folded([...new Set(amounts)], (a, b) => Math.max(a, b), 0);
}

function folded(amounts: readonly Amount[], fold: (a: number, b: number) => number, start: number): Amount {
  const constant = amounts.filter((each) => typeof each === "number").reduce(fold, start);
  const open = amounts.filter((each) => typeof each === "function");
  if (open.length === 0) return constant;
  return (evaluation) => {
    let total = constant;
    for (const each of open) total = fold(total, each(evaluation));
    return total;
  };
}

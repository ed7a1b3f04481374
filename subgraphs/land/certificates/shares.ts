import { accepted, type Parsed, refused } from "../../_shared/reference/identifiers/parsed.ts";
import { shareImpossible } from "../errors.ts";

/** Share of a right as an exact fraction. */
export type Share = { numerator: number; denominator: number };

/** Largest common denominator of the shares in a certificate, as the database allows it. */
const LARGEST_DENOMINATOR = 1_000_000;

type Fraction = { over: bigint; under: bigint };

/** Reads a share above 0 and at most 1. Fault: SHARE_IMPOSSIBLE. */
export function parseShare({ numerator, denominator }: Share): Parsed<Share> {
  const isShare = numerator > 0 && numerator <= denominator && denominator <= LARGEST_DENOMINATOR;
  return isShare ? accepted(fromFraction(toFraction({ numerator, denominator }))) : refused(shareImpossible());
}

/** Lowest terms of `numerator / denominator`. */
export function reduced(numerator: number, denominator: number): Share {
  return fromFraction(toFraction({ numerator, denominator }));
}

export function isSameSum(some: readonly Share[], others: readonly Share[]): boolean {
  const [one, other] = [sum(some), sum(others)];
  return one.over === other.over && one.under === other.under;
}

export function isLarger(one: Share, other: Share): boolean {
  return one.numerator * other.denominator > other.numerator * one.denominator; // below 10^12, so exact
}

/** Shares with one denominator; null if they do not add up to 1, or if the denominator were too large. */
export function inCommonTerms(shares: readonly Share[]): { total: number; numerators: number[] } | null {
  const whole = sum(shares);
  const total = shares.reduce((lcm, { denominator }) => leastCommonMultiple(lcm, BigInt(denominator)), 1n);
  if (whole.over !== 1n || whole.under !== 1n || total > LARGEST_DENOMINATOR) return null;
  const numerators = shares.map(({ numerator, denominator }) =>
    Number((BigInt(numerator) * total) / BigInt(denominator)),
  );
  return { total: Number(total), numerators };
}

/** Rest of a share, or the share that it grows to; null if nothing is left. The result may have a larger denominator than a share. */
export function balance(held: Share | undefined, given: Share | undefined, received: Share | undefined): Share | null {
  const plus = sum([held, received].flatMap((share) => share ?? []));
  const minus = sum(given ? [given] : []);
  const left = lowest({ over: plus.over * minus.under - minus.over * plus.under, under: plus.under * minus.under });
  return left.over > 0n ? fromFraction(left) : null;
}

function sum(shares: readonly Share[]): Fraction {
  return shares
    .map(toFraction)
    .reduce(
      (one, other) => lowest({ over: one.over * other.under + other.over * one.under, under: one.under * other.under }),
      {
        over: 0n,
        under: 1n,
      },
    );
}

function toFraction({ numerator, denominator }: Share): Fraction {
  return lowest({ over: BigInt(numerator), under: BigInt(denominator) });
}

function fromFraction({ over, under }: Fraction): Share {
  return { numerator: Number(over), denominator: Number(under) };
}

function lowest({ over, under }: Fraction): Fraction {
  const divisor = greatestCommonDivisor(over, under);
  return { over: over / divisor, under: under / divisor };
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one < 0n ? -one : one, other];
  while (b > 0n) [a, b] = [b, a % b];
  return a;
}

function leastCommonMultiple(one: bigint, other: bigint): bigint {
  return (one / greatestCommonDivisor(one, other)) * other;
}

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Atom,
  allOf,
  anyOf,
  holds,
  isSame,
  oneOf,
  type Requirement,
  setsOf,
} from "../../subgraphs/_shared/rights/requirement.ts";

const ATOMS: Atom[] = ["authenticated", "scope:a", "scope:b", "scope:c", "policy:p"];
const sets = fc.array(fc.array(fc.constantFrom(...ATOMS), { maxLength: 3 }), { maxLength: 3 });
const requirement: fc.Arbitrary<Requirement> = fc.array(sets, { maxLength: 3 }).map((all) => allOf(...all.map(anyOf)));
const held = fc.subarray(ATOMS).map((atoms) => new Set(atoms));

function property<Ts extends [unknown, ...unknown[]]>(
  ...args: [...{ [K in keyof Ts]: fc.Arbitrary<Ts[K]> }, (...values: Ts) => void]
) {
  fc.assert(fc.property(...args), { numRuns: 2_000, seed: 20_261_123 });
}

test("a requirement is met by one complete set of scopes, and a requirement without sets is always met", () => {
  property(sets, held, (given, has) => {
    const expected = given.length === 0 || given.some((set) => set.every((atom) => has.has(atom)));
    expect(holds(anyOf(given), (atom) => has.has(atom))).toBe(expected);
  });
});

test("requirements are combined by AND and by OR without loss", () => {
  property(fc.array(requirement, { minLength: 1, maxLength: 3 }), held, (all, has) => {
    const each = all.map((one) => holds(one, (atom) => has.has(atom)));
    expect(holds(allOf(...all), (atom) => has.has(atom))).toBe(each.every(Boolean));
    expect(holds(oneOf(all), (atom) => has.has(atom))).toBe(each.some(Boolean));
  });
});

test("the alternatives of a requirement are its minimal sets", () => {
  property(requirement, (one) => {
    const found = setsOf(one);
    for (const set of found) {
      expect(holds(one, (atom) => set.includes(atom))).toBe(true);
      for (const dropped of set) expect(holds(one, (atom) => atom !== dropped && set.includes(atom))).toBe(false);
    }
    expect(isSame(one, anyOf(found))).toBe(true);
  });
});

test("two requirements are equal exactly when they treat every caller alike", () => {
  const everybody = [...Array(2 ** ATOMS.length).keys()].map((bits) => ATOMS.filter((_, at) => bits & (1 << at)));
  property(requirement, requirement, (one, other) => {
    const alike = everybody.every(
      (has) => holds(one, (atom) => has.includes(atom)) === holds(other, (atom) => has.includes(atom)),
    );
    expect(isSame(one, other)).toBe(alike);
  });
});

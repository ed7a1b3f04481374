import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areLikeNames, editDistance, soundOf } from "../../subgraphs/_shared/reference/name-likeness.ts";
import { foldName } from "../../subgraphs/_shared/reference/person-names.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

type Pair = { names: [string, string]; why?: string; distance?: number };
const vectors: Record<"sounds" | "otherSounds" | "slips", Pair[]> = JSON.parse(
  readFileSync(projectPath("test", "data", "name-likeness-vectors.json"), "utf8"),
);
const LIMIT = 2;

describe("sounds of names", () => {
  test.each(vectors.sounds)("$names sound alike: $why", ({ names: [a, b] }) => {
    expect(soundOf(a)).toBe(soundOf(b));
    expect(areLikeNames(a, b, { sound: true, slips: 0 })).toBe(true);
  });

  test.each(vectors.otherSounds)("$names do not sound alike", ({ names: [a, b] }) => {
    expect(areLikeNames(a, b, { sound: true, slips: 0 })).toBe(false);
  });
});

describe("slips of the pen", () => {
  test.each(vectors.slips)("$names are $distance apart, up to one beyond the limit of two", ({ names, distance }) => {
    const [a, b] = names.map(foldName) as [string, string];
    expect(editDistance(a, b, LIMIT)).toBe(distance);
    expect(editDistance(b, a, LIMIT)).toBe(distance);
  });

  test("one deletion, insertion, replacement or swap is one slip in every text", () => {
    const text = fc.string({ minLength: 2, maxLength: 12 });
    const edits = fc.tuple(text, fc.nat(), fc.constantFrom("delete", "insert", "replace", "swap"));
    const slip = ([word, place, kind]: [string, number, string]) => {
      const at = place % (word.length - 1);
      const [head, rest] = [word.slice(0, at), word.slice(at)];
      if (kind === "delete") return head + rest.slice(1);
      if (kind === "insert") return `${head}~${rest}`;
      return kind === "replace" ? `${head}~${rest.slice(1)}` : head + rest[1] + rest[0] + rest.slice(2);
    };
    fc.assert(
      fc.property(edits, (edit) => {
        const [word] = edit;
        expect(editDistance(word, slip(edit), LIMIT)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

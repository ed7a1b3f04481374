import { expect, test } from "vitest";
import { WindowCounters } from "../../gateway/pipeline/limits/window-counters.ts";

test("a counter above its limit tells what was asked and allowed, and the seconds until its window ends", () => {
  let now = 0;
  const counters = new WindowCounters(10, 60, () => now);
  expect(counters.add("a", 4)).toBeUndefined();
  now = 20_500;
  expect(counters.add("a", 6)).toBeUndefined();
  expect(counters.add("a", 1)).toEqual({ asked: 11, allowed: 10, windowSeconds: 60, seconds: 40 });
  expect(counters.add("b", 10)).toBeUndefined();
});

test("a counter begins again when its window has ended, while windows that began later go on", () => {
  let now = 0;
  const counters = new WindowCounters(1, 60, () => now);
  counters.add("a", 1);
  now = 30_000;
  counters.add("b", 1);
  now = 60_000;
  expect(counters.add("a", 1)).toBeUndefined();
  expect(counters.add("b", 1)).toMatchObject({ asked: 2, seconds: 30 });
});

test("counters whose windows have ended leave the memory with the next new key", () => {
  let now = 0;
  const counters = new WindowCounters(1, 60, () => now);
  for (let n = 0; n < 1_000; n++) counters.add(`address ${n}`, 1);
  now = 60_000;
  counters.add("another", 1);
  expect(counters.size).toBe(1);
});

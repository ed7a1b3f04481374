import { Registry } from "prom-client";
import { expect, test } from "vitest";
import { measuredGauge } from "../../subgraphs/_shared/metrics/measured-gauge.ts";

const gaugeOf = (name: string) => ({ name, help: "Test", labels: [] });

test("one measurement of a gauge runs at a time, and the next one begins after it has ended", async () => {
  const registry = new Registry();
  const waiting: (() => void)[] = [];
  measuredGauge(registry, gaugeOf("slow"), () => new Promise((end) => waiting.push(() => end([[{}, waiting.length]]))));
  const samples = async () => (await registry.metrics()).split("\n").filter((line) => line.startsWith("slow"));
  expect(await Promise.all([samples(), samples()])).toEqual([[], []]);
  expect(await samples()).toEqual([]);
  expect(waiting).toHaveLength(1);
  waiting[0]?.();
  await new Promise(setImmediate);
  const next = [samples(), samples()];
  await expect.poll(() => waiting.length).toBe(2);
  waiting[1]?.();
  expect(await Promise.all(next)).toEqual([["slow 2"], ["slow 2"]]);
});

test("a measurement that never ends or fails gives no sample, and the other metrics are read", async () => {
  const registry = new Registry();
  measuredGauge(registry, gaugeOf("stalled"), () => new Promise(() => {}));
  measuredGauge(registry, gaugeOf("failed"), () => Promise.reject(new Error("The database is gone")));
  measuredGauge(registry, gaugeOf("measured"), async () => [[{}, 7]]);
  const samples = (await registry.metrics()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  expect(samples).toEqual(["measured 7"]);
});

import { Registry } from "prom-client";
import { expect, test } from "vitest";
import { measuredGauge } from "../../subgraphs/_shared/metrics/measured-gauge.ts";

const gaugeOf = (name: string) => ({ name, help: "Test", labels: [] });

test("a measurement that never ends or fails gives no sample, and the other metrics are read", async () => {
  const registry = new Registry();
  measuredGauge(registry, gaugeOf("stalled"), () => new Promise(() => {}));
  measuredGauge(registry, gaugeOf("failed"), () => Promise.reject(new Error("The database is gone")));
  measuredGauge(registry, gaugeOf("measured"), async () => [[{}, 7]]);
  const samples = (await registry.metrics()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  expect(samples).toEqual(["measured 7"]);
});

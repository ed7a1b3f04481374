import { expect, test } from "vitest";
import { parseTraceparent, traceparent } from "../../subgraphs/_shared/serving/traceparent.ts";

const WELL_FORMED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

test("a traceparent is parsed and written back unchanged", () => {
  const parsed = parseTraceparent(WELL_FORMED);
  expect(parsed && traceparent(parsed)).toBe(WELL_FORMED);
});

test("a traceparent of a later version is parsed by its first four parts", () => {
  expect(parseTraceparent(`${WELL_FORMED.replace("00-", "01-")}-more`)).toEqual(parseTraceparent(WELL_FORMED));
});

test.each([
  ["nothing", undefined],
  ["the forbidden version", WELL_FORMED.replace("00-", "ff-")],
  ["a span of zeros", "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"],
  ["a trace of zeros", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"],
  ["two of them", `${WELL_FORMED}, ${WELL_FORMED}`],
  ["text that goes on", `${WELL_FORMED}<script>`],
])("%s is no traceparent", (_, header) => {
  expect(parseTraceparent(header)).toBeUndefined();
});

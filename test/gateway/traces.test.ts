import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openTracing } from "../../gateway/observability/tracing.ts";
import { parseTraceparent } from "../../subgraphs/_shared/serving/traceparent.ts";
import { gatewayWorld, type World } from "./kit/gateway-world.ts";
import { attribute, type Collector, openCollector } from "./kit/trace-collector.ts";

const CLIENT = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7" };
const traceparent = `00-${CLIENT.traceId}-${CLIENT.spanId}-01`;
const PERSON = "093195000017";
const TWO_AGENCIES = `query TwoAgencies($id: PersonalId!) { citizen(personalId: $id) { birth { number } } }`;

let collector: Collector;
let world: World;
let lines: string[];
beforeEach(async () => {
  collector = await openCollector();
  lines = [];
  const log = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
  world = await gatewayWorld({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, log);
});
afterEach(async () => {
  await world.close();
  await collector.close();
});

/** The spans of everything so far: closing the gateway sends what is left. */
async function spans() {
  await world.close();
  const request = collector.spans.find((span) => span.kind === 2);
  return { request, fetches: collector.spans.filter((span) => span.kind === 3) };
}

describe("a request's trace", () => {
  test("a request's trace has a span for the request and child spans for its fetches, and continues the client's trace", async () => {
    await world.ask(TWO_AGENCIES, { id: PERSON }, { traceparent });
    const { request, fetches } = await spans();
    expect(request).toMatchObject({ name: "TwoAgencies", traceId: CLIENT.traceId, parentSpanId: CLIENT.spanId });
    expect(attribute(request, "motcua.outcome")).toBe("ok");
    expect(fetches.map((span) => span.name)).toEqual(["fetch one-stop", "fetch civil-status"]);
    for (const span of fetches) {
      expect(span).toMatchObject({ traceId: CLIENT.traceId, parentSpanId: request?.spanId });
      expect(attribute(span, "motcua.outcome")).toBe("ok");
    }
  });

  test("each subgraph receives its own fetch's span as the parent", async () => {
    await world.ask(TWO_AGENCIES, { id: PERSON }, { traceparent });
    const { fetches } = await spans();
    for (const agency of [world.oneStop, world.civilStatus]) {
      const received = parseTraceparent(String(agency.asked[0]?.headers.traceparent));
      const span = fetches.find((each) => attribute(each, "motcua.subgraph") === agency.name);
      expect(received).toEqual({ traceId: CLIENT.traceId, spanId: span?.spanId, traceFlags: 1 });
    }
  });

  test("a trace shows that an agency gave no response", async () => {
    world.civilStatus.behaviour = "fails";
    await world.ask(TWO_AGENCIES, { id: PERSON });
    const { request, fetches } = await spans();
    expect(attribute(request, "motcua.outcome")).toBe("UNAVAILABLE");
    expect(fetches.map((span) => span.status.code ?? 0)).toEqual([0, 2]);
  });

  test("a trace contains no variable, no token and no text of a response", async () => {
    const token = await world.token("clerk");
    await world.ask(TWO_AGENCIES, { id: PERSON }, { authorization: `Bearer ${token}` });
    await spans();
    expect(collector.text).toContain("TwoAgencies");
    expect(collector.text).not.toMatch(/093195000017|1\/2026|personalId/);
    expect(collector.text).not.toContain(token.slice(-20));
  });

  test("a trace id is in the request's log line and is new where the client's header is malformed", async () => {
    await world.ask(TWO_AGENCIES, { id: PERSON }, { traceparent: `00-${"0".repeat(32)}-${CLIENT.spanId}-01` });
    const { request } = await spans();
    expect(request?.parentSpanId ?? "").toBe("");
    const line = lines.map((each) => JSON.parse(each)).find((each) => each.operation === "TwoAgencies");
    expect(line).toMatchObject({ traceId: request?.traceId, fetches: 2, outcome: "ok" });
  });

  test("a client's sampling flag does not force a trace to be kept", async () => {
    const none = await openTracing({ url: `${collector.url}/v1/traces`, share: 0 }, pino({ level: "silent" }));
    const request = none?.request(traceparent);
    expect(request?.fetch("land").traceparent).toMatch(new RegExp(`^00-${CLIENT.traceId}-[0-9a-f]{16}-00$`));
    request?.end({ requestId: "r", operation: "Any", role: undefined, outcome: "ok" });
    await none?.close();
    expect(collector.spans).toEqual([]);
  });
});

test("a trace collector that refuses traces is reported in the log and affects no request", async () => {
  collector.status = 400;
  expect((await world.ask("{ whoAmI }")).errors).toEqual([]);
  await world.close();
  expect(lines.filter((line) => line.includes("The collector of traces takes none"))).toHaveLength(1);
});

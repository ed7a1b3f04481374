import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { serverSentEvents } from "../../gateway/subgraph-client/subscriptions/event-stream-parser.ts";

async function parsed(chunks: readonly Buffer[]) {
  const events = [];
  for await (const event of serverSentEvents(chunksOf(chunks))) events.push(event);
  return events;
}

async function* chunksOf(chunks: readonly Buffer[]) {
  yield* chunks;
}

const LINES = [
  ": a comment",
  "id: 1",
  "event: next",
  "data: giấy",
  "data:khai sinh",
  "",
  ":",
  "",
  "event: complete",
  "",
];
const EVENTS = [
  { id: "1", event: "next", data: "giấy\nkhai sinh" },
  { id: undefined, event: "complete", data: "" },
];

describe("the parser of server-sent events", () => {
  test.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])(
    "the parser of server-sent events reads the same events from lines that end with %s, however their bytes are split",
    async (_, lineEnd) => {
      const bytes = Buffer.from(LINES.map((line) => line + lineEnd).join(""));
      const positions = fc.array(fc.nat({ max: bytes.length }), { maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(positions, async (cuts) => {
          const sorted = [0, ...cuts.sort((a, b) => a - b)];
          const chunks = sorted.map((cut, at) => bytes.subarray(cut, sorted[at + 1] ?? bytes.length));
          expect(await parsed(chunks)).toEqual(EVENTS);
        }),
        { numRuns: 200, seed: 20_261_128 },
      );
      expect(await parsed([...bytes].map((byte) => Buffer.from([byte])))).toEqual(EVENTS);
    },
  );

  test("the parser of server-sent events ignores a byte order mark", async () => {
    expect(await parsed([Buffer.from("\ufeffdata: 1\n\n")])).toEqual([{ id: undefined, event: "message", data: "1" }]);
  });

  test("the parser of server-sent events drops an event that the connection's end cuts off", async () => {
    expect(await parsed([Buffer.from("data: 1\n\ndata: 2\n")])).toHaveLength(1);
  });
});

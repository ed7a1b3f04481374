import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventIdFromHeader, eventIdToHeader } from "../../gateway/subgraph-client/subscriptions/event-ids.ts";
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

  test("the parser of server-sent events reads a long line in short chunks without searching the line again for each", async () => {
    const data = Buffer.from("giấy ".repeat(1_500_000));
    const chunks = [Buffer.from("data: ")];
    for (let at = 0; at < data.length; at += 1_400) chunks.push(data.subarray(at, at + 1_400));
    const [event] = await parsed([...chunks, Buffer.from("\n\n")]);
    expect(event?.data === data.toString()).toBe(true);
  });

  test("the parser of server-sent events ignores ids that no client can send back", async () => {
    const ids = ["số 1", "a\0b", "a\tb", "x".repeat(1_001), ""];
    const events = await parsed([Buffer.from(ids.map((id) => `id: ${id}\ndata: 1\n\n`).join(""))]);
    expect(events.map(({ id }) => id)).toEqual(["số 1", undefined, undefined, undefined, ""]);
    const header = eventIdToHeader("số 1");
    expect(header).toBe(Buffer.from("số 1").toString("latin1"));
    expect([eventIdFromHeader(header), eventIdFromHeader(""), eventIdFromHeader("a\tb")]).toEqual([
      "số 1",
      undefined,
      undefined,
    ]);
  });

  test("the parser of server-sent events drops an event that the connection's end cuts off", async () => {
    expect(await parsed([Buffer.from("data: 1\n\ndata: 2\n")])).toHaveLength(1);
  });
});

import { describe, expect, test } from "vitest";
import { negotiate } from "../../gateway/http/accept.ts";
import { acceptedCoding } from "../../gateway/http/compression.ts";
import { EVENT_STREAM, MULTIPART } from "../../gateway/http/stream-framing.ts";

const JSON_TYPE = "application/json";
const GRAPHQL_TYPE = "application/graphql-response+json";

describe("the response type of an Accept header", () => {
  test.each<[accept: string | undefined, type: string | undefined, framing: unknown]>([
    [undefined, JSON_TYPE, undefined],
    ["", JSON_TYPE, undefined],
    ["*/*", JSON_TYPE, undefined],
    ["application/*", JSON_TYPE, undefined],
    [`${GRAPHQL_TYPE}, ${JSON_TYPE};q=0.9`, GRAPHQL_TYPE, undefined],
    [`${JSON_TYPE};q=0.5, ${GRAPHQL_TYPE}`, GRAPHQL_TYPE, undefined],
    ["application/json;q=0, */*", GRAPHQL_TYPE, undefined],
    [`${GRAPHQL_TYPE};q=0, */*;q=0.1`, JSON_TYPE, undefined],
    ["Application/JSON; charset=utf-8", JSON_TYPE, undefined],
    ["text/event-stream", undefined, EVENT_STREAM],
    ["text/event-stream, application/json", JSON_TYPE, EVENT_STREAM],
    ["multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json", JSON_TYPE, MULTIPART],
    ["multipart/mixed;subscriptionSpec=1.0;q=0, text/event-stream", undefined, EVENT_STREAM],
    ["text/event-stream;q=0, */*", JSON_TYPE, undefined],
    ['multipart/mixed; subscriptionSpec="1.0"; q=0.5', undefined, MULTIPART],
    ["multipart/mixed;subscriptionSpec=2.0, application/json", JSON_TYPE, undefined],
  ])("the header Accept: %s is answered with %s", (accept, type, framing) => {
    expect(negotiate(accept)).toEqual({ type, framing });
  });

  test.each(["image/png", "*/*;q=0", "multipart/mixed", "multipart/mixed;subscriptionSpec=2.0"])(
    "%s is refused with the types that would be accepted",
    (accept) => {
      expect(() => negotiate(accept)).toThrow(
        `Accept must allow ${JSON_TYPE} or ${GRAPHQL_TYPE}, or for subscriptions text/event-stream or ` +
          "multipart/mixed;subscriptionSpec=1.0",
      );
    },
  );
});

describe("the content coding of a response", () => {
  const minBytes = 1_000;
  test.each<[acceptEncoding: string | undefined, length: number, coding: string | undefined]>([
    [undefined, 5_000, undefined],
    ["gzip, deflate, br", 5_000, "br"],
    ["gzip, deflate", 5_000, "gzip"],
    ["br;q=0, gzip", 5_000, "gzip"],
    ["gzip;q=0.5, br;q=0.1", 5_000, "gzip"],
    ["gzip;q=0.5, br;q=0.5", 5_000, "br"],
    ["br;q=0, *;q=0.5", 5_000, "gzip"],
    ["*", 5_000, "br"],
    ["gzip;q=0", 5_000, undefined],
    ["*;q=0", 5_000, undefined],
    ["br;q=0, gzip;q=0, *", 5_000, undefined],
    ["identity, gzip;q=0.5", 5_000, undefined],
    ["identity;q=0.5, gzip;q=0.6", 5_000, "gzip"],
    ["identity", 5_000, undefined],
    ["deflate, zstd", 5_000, undefined],
    ["gzip, br", 999, undefined],
  ])("a response to Accept-Encoding: %s with %i bytes has the coding %s", (acceptEncoding, length, coding) => {
    expect(acceptedCoding(acceptEncoding, length, { minBytes })).toBe(coding);
  });
});

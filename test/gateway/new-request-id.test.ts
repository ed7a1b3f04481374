import { expect, test } from "vitest";
import { newRequestId } from "../../gateway/http/request-id.ts";

test("a request id is a UUID of version 7 that contains its time", () => {
  const at = Date.UTC(2026, 10, 22);
  const id = newRequestId(at);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(at);
});

test("request ids are unique, however many are created in one millisecond", () => {
  const ids = Array.from({ length: 100_000 }, () => newRequestId(0));
  expect(new Set(ids).size).toBe(ids.length);
});

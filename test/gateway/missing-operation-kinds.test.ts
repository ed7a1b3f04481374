import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ForeignGateway, foreignGateway } from "./kit/foreign-gateway.ts";
import { requestPaths } from "./kit/request-paths.ts";

describe.each(requestPaths)("%s", (_, environment) => {
  let gateway: ForeignGateway;
  beforeAll(async () => {
    gateway = await foreignGateway({ a: { sdl: "type Query { x: Int }" } }, environment);
  });
  afterAll(() => gateway.close());

  test.each(["mutation { x }", "mutation { __typename }", "mutation { ... { x } }"])(
    "%s is the caller's fault, and none of the log, where the graph has no mutations",
    async (query) => {
      const { data, errors } = await gateway.ask(query);
      expect({ data, errors }).toMatchObject({ data: undefined, errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
      expect(errors[0]?.message).toContain("This graph has no mutation operations");
      expect(gateway.lines.filter(({ level }) => level >= 50)).toEqual([]);
    },
  );

  test.each(["text/event-stream", "multipart/mixed;subscriptionSpec=1.0"])(
    "a subscription as %s is the caller's fault, and none of the log, where the graph has none",
    async (accept) => {
      const headers = { accept, "content-type": "application/json" };
      const body = JSON.stringify({ query: "subscription { x }" });
      const response = await fetch(gateway.url, { method: "POST", headers, body });
      expect(await response.text()).toContain("BAD_USER_INPUT");
      expect(gateway.lines.filter(({ level }) => level >= 50)).toEqual([]);
    },
  );
});

import { afterEach, describe, expect, test } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { sendJson } from "../../subgraphs/_shared/serving/http.ts";
import { type ForeignWorld, foreignWorld } from "./kit/foreign-world.ts";
import { requestPaths } from "./kit/request-paths.ts";

let world: ForeignWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

/** Starts the graph; `shop` answers `open` with an error and `stock` answers `left` with one. */
async function failing(environment: Record<string, string>, given: { code?: unknown } = { code: "OUT_OF_STOCK" }) {
  const { code } = given;
  const message = "no lamps left";
  world = await foreignWorld(environment);
  const extensions = { code, shelf: 7, stacktrace: ["at secret.ts"], serviceName: "other", exception: { a: 1 } };
  world.answer = ({ subgraph, query }, response) => {
    const item = query.includes("item") ? { item: { __typename: "Item", id: "i1" } } : {};
    const data = subgraph === "shop" ? { open: null, ...item } : { _entities: [{ left: null }] };
    const path = subgraph === "shop" ? ["open"] : ["_entities", 0, "left"];
    sendJson(response, 200, { data, errors: [{ message, path, extensions }] });
  };
  return world;
}

describe.each(requestPaths)("%s", (_, pathEnvironment) => {
  test("errors of subgraphs with other codes than the contract's are masked by default", async () => {
    const { ask } = await failing(pathEnvironment);
    const { errors } = await ask("{ open }");
    expect(errors).toEqual([
      {
        message: expect.stringContaining("failed inside"),
        path: ["open"],
        extensions: { code: "INTERNAL", agency: "SHOP", requestId: expect.any(String) },
      },
    ]);
  });

  test("a listed code reaches the client without the subgraph's message and extensions", async () => {
    const { ask } = await failing({ ...pathEnvironment, ERROR_CODES: "OUT_OF_STOCK, SOLD" });
    const { errors } = await ask("{ open }");
    const extensions = { code: "OUT_OF_STOCK", agency: "SHOP", requestId: expect.any(String) };
    expect(errors).toEqual([{ message: "This part failed with OUT_OF_STOCK", path: ["open"], extensions }]);
  });

  test("an error whose message is listed reaches the client as the subgraph wrote it, without what is for developers", async () => {
    const { ask } = await failing({ ...pathEnvironment, ERROR_MESSAGES_SHOP: "*" });
    const { errors } = await ask("{ open }");
    const extensions = { code: "OUT_OF_STOCK", agency: "SHOP", shelf: 7, requestId: expect.any(String) };
    expect(errors).toEqual([{ message: "no lamps left", path: ["open"], extensions }]);
  });

  test.each(["1", "1e400"])(
    "extensions of a subgraph that nest too deeply to be written (%s) cost no response",
    async (n) => {
      world = await foreignWorld(pathEnvironment);
      world.answer = (_, response) => {
        const nested = `${"[".repeat(20_000)}${n}${"]".repeat(20_000)}`;
        const error = `{"message":"none","path":["open"],"extensions":{"code":"NOT_FOUND","nested":${nested}}}`;
        sendJson(response, 200, `\ufeff{"data":{"open":null},"errors":[${error}]}`);
      };
      const { status, data, errors } = await world.ask("{ open }");
      expect({ status, data }).toEqual({ status: 200, data: { open: null } });
      const extensions = { code: "NOT_FOUND", requestId: expect.any(String) };
      expect(errors).toEqual([{ message: "none", path: ["open"], extensions }]);
    },
  );

  test("a code that is listed for one subgraph is masked in another", async () => {
    const { ask } = await failing({ ...pathEnvironment, ERROR_CODES_STOCK: "OUT_OF_STOCK" });
    const { errors } = await ask("{ open item { left } }");
    expect(Object.fromEntries(errors.map(({ path, extensions }) => [path?.join("."), extensions.code]))).toEqual({
      open: "INTERNAL",
      "item.left": "OUT_OF_STOCK",
    });
  });

  test.each([undefined, "INTERNAL", "INTERNAL_SERVER_ERROR", 7, "A".repeat(101), "SQL: select *", { code: "X" }])(
    "an error with the code %j is masked even where every code is listed",
    async (code) => {
      const { ask } = await failing({ ...pathEnvironment, ERROR_CODES: "*", ERROR_MESSAGES: "*" }, { code });
      const { errors } = await ask("{ open }");
      expect(errors).toMatchObject([{ extensions: { code: "INTERNAL" } }]);
      expect(JSON.stringify(errors)).not.toContain("lamps");
    },
  );
});

test("a code that no error can carry is refused at the start", () => {
  const read = (environment: Record<string, string>) => () => gatewayConfiguration(environment);
  expect(read({ ERROR_CODES: "A B" })).toThrow("ERROR_CODES: A B must be a code such as");
  expect(read({ ERROR_MESSAGES_SHOP: "OK, INTERNAL" })).toThrow("ERROR_MESSAGES_SHOP: INTERNAL is the code of masked");
});

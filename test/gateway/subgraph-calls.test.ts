import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { agenciesJson } from "../../gateway/subgraph-client/agency-states.ts";
import { DEADLINE_HEADER } from "../../subgraphs/_shared/identity/call-headers.ts";
import { aMutation, aQuery, aScope, type Scripted, scripted as scriptedWith } from "./kit/scripted-subgraph.ts";

let shop: Scripted;
afterEach(() => shop.close());

const ok = { data: { it: 1 } };
const inMs = (ms: number) => performance.now() + ms;

describe.each(["own", "undici"] as const)("over connections of SUBGRAPH_CLIENT=%s", (client) => {
  const scripted: typeof scriptedWith = (script, options) => scriptedWith(script, { client, ...options });

  describe("a call of a subgraph", () => {
    test("says how many milliseconds are left, and is given up when none are", async () => {
      shop = await scripted((arrival) => void arrival);
      await expect(shop.ask(aQuery(), aScope({}, { deadline: inMs(300) }))).rejects.toThrow("no response in time");
      const [arrival] = shop.arrivals;
      expect(Number(arrival?.headers[DEADLINE_HEADER])).toBeGreaterThan(0);
      expect(Number(arrival?.headers[DEADLINE_HEADER])).toBeLessThanOrEqual(300);
      await arrival?.cutOff;
      await expect(shop.ask(aQuery(), aScope({}, { deadline: inMs(-1) }))).rejects.toThrow("no response in time");
      expect(shop.arrivals).toHaveLength(1);
    });

    test("carries operation, variables and name as they are", async () => {
      shop = await scripted((arrival) => arrival.answer({ it: 1 }));
      expect(await shop.ask(aQuery({ id: 'a"\n\u2028é' }), aScope())).toEqual(ok);
      expect(shop.arrivals[0]?.body).toEqual({
        query: aQuery().query,
        variables: { id: 'a"\n\u2028é' },
        operationName: "Q",
      });
    });

    test("goes over a Unix socket as well", async () => {
      const socket = join(mkdtempSync(join(tmpdir(), "motcua-socket-")), "shop.sock");
      shop = await scripted((arrival) => arrival.answer({ it: 1 }), {
        url: `http+unix://${encodeURIComponent(socket)}/graphql`,
      });
      expect(await shop.ask(aQuery(), aScope())).toEqual(ok);
    });

    test("of a query is aborted when the client goes away; a mutation that was sent is not", async () => {
      shop = await scripted(
        (arrival) => void (arrival.body.operationName === "M" && setTimeout(() => arrival.answer({ do: 1 }), 200)),
      );
      const client = new AbortController();
      const asked = shop.ask(aQuery(), aScope({}, { signal: client.signal }));
      const done = shop.ask(aMutation(), aScope({}, { signal: client.signal }));
      while (shop.arrivals.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      client.abort();
      await expect(asked).rejects.toThrow("was cancelled");
      await shop.arrivals.find(({ body }) => body.operationName === "Q")?.cutOff;
      expect(await done).toEqual({ data: { do: 1 } });
      await expect(shop.ask(aQuery(), aScope({}, { signal: client.signal }))).rejects.toThrow("was cancelled");
      expect(shop.arrivals).toHaveLength(2);
    });

    test.each([
      ["503", (arrival) => arrival.fail(503)],
      ["a broken connection", (arrival) => arrival.hangUp()],
    ] as [string, Parameters<typeof scripted>[0]][])(
      "of a query is repeated after %s, each time sealed anew; of a mutation never",
      async (_, goWrong) => {
        shop = await scripted((arrival, place) => (place === 2 ? arrival.answer({ it: 1 }) : goWrong(arrival, place)));
        expect(await shop.ask(aQuery(), aScope())).toEqual(ok);
        expect(shop.arrivals).toHaveLength(3);
        await expect(shop.ask(aMutation(), aScope())).rejects.toThrow();
        expect(shop.arrivals).toHaveLength(4);
      },
    );

    test("is not repeated when no time is left for it, nor after other failures", async () => {
      shop = await scripted((arrival) => arrival.fail(500));
      await expect(shop.ask(aQuery(), aScope())).rejects.toThrow("it failed with HTTP 500");
      expect(shop.arrivals).toHaveLength(1);
    });
  });

  describe("a subgraph that fails again and again", () => {
    test("is left alone at once, until a probe finds it well", async () => {
      let isWell = true;
      shop = await scripted((arrival) => (isWell ? arrival.answer({ it: 1 }) : arrival.fail(500)));
      await shop.ask(aQuery(), aScope()); // from now on it is shared
      isWell = false;
      for (let n = 0; n < 3; n++) await expect(shop.ask(aQuery(), aScope())).rejects.toThrow("HTTP 500");
      const scope = aScope();
      await expect(shop.ask(aQuery(), scope)).rejects.toThrow("circuit breaker is open");
      expect(shop.arrivals).toHaveLength(4);
      expect(scope.agencies.get("SHOP")?.state).toBe("UNAVAILABLE");
      isWell = true;
      await new Promise((resolve) => setTimeout(resolve, 250));
      expect(await shop.ask(aQuery(), aScope())).toEqual(ok);
      expect(shop.breaker).toEqual(["closed", "open", "half-open", "closed"]);
    });

    test("is not one that refuses requests, or answers with errors, or whose clients went away", async () => {
      shop = await scripted(
        (arrival, place) => void (place < 10 && arrival.fail(400, '{"errors":[{"message":"no"}]}')),
      );
      for (let n = 0; n < 10; n++) expect((await shop.ask(aQuery(), aScope())).errors).toHaveLength(1);
      for (let n = 0; n < 10; n++) {
        const client = new AbortController();
        const asked = shop.ask(aQuery(), aScope({}, { signal: client.signal }));
        client.abort();
        await expect(asked).rejects.toThrow("was cancelled");
      }
      expect(shop.breaker).toEqual(["closed"]);
    });
  });

  describe("what a request is told of the agencies that it asked", () => {
    test("is since when each is live or unavailable; one failure makes it unavailable to this request", async () => {
      shop = await scripted((arrival, place) => (place === 1 ? arrival.fail(500) : arrival.answer({ it: 1 })));
      const [first, second, third] = [aScope(), aScope(), aScope()];
      await shop.ask(aQuery(), first);
      await expect(shop.ask(aQuery(), second)).rejects.toThrow("HTTP 500");
      await shop.ask(aQuery(), second);
      await shop.ask(aQuery(), third);
      expect(first.agencies.get("SHOP")?.since).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+\+07:00$/);
      expect(second.agencies.get("SHOP")?.state).toBe("UNAVAILABLE");
      expect(JSON.parse(agenciesJson(third.agencies) ?? "")).toEqual({
        SHOP: { state: "LIVE", since: expect.any(String) },
      });
      expect(agenciesJson(aScope().agencies)).toBeUndefined();
    });
  });
});

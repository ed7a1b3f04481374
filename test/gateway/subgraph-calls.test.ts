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

describe.each(["own", "undici"] as const)("with SUBGRAPH_CLIENT=%s", (client) => {
  const scripted: typeof scriptedWith = (script, options) => scriptedWith(script, { client, ...options });

  describe("a call of a subgraph", () => {
    test("a call of a subgraph states the remaining milliseconds and fails with a timeout when none remain", async () => {
      shop = await scripted((arrival) => void arrival);
      await expect(shop.ask(aQuery(), aScope({}, { deadline: inMs(300) }))).rejects.toThrow("no response in time");
      const [arrival] = shop.arrivals;
      expect(Number(arrival?.headers[DEADLINE_HEADER])).toBeGreaterThan(0);
      expect(Number(arrival?.headers[DEADLINE_HEADER])).toBeLessThanOrEqual(300);
      await arrival?.cutOff;
      await expect(shop.ask(aQuery(), aScope({}, { deadline: inMs(-1) }))).rejects.toThrow("no response in time");
      expect(shop.arrivals).toHaveLength(1);
    });

    test("a call of a subgraph sends the operation, its variables and its name unchanged", async () => {
      shop = await scripted((arrival) => arrival.answer({ it: 1 }));
      expect(await shop.ask(aQuery({ id: 'a"\n\u2028é' }), aScope())).toEqual(ok);
      expect(shop.arrivals[0]?.body).toEqual({
        query: aQuery().query,
        variables: { id: 'a"\n\u2028é' },
        operationName: "Q",
      });
    });

    test("a call of a subgraph uses a Unix socket if the address names one", async () => {
      const socket = join(mkdtempSync(join(tmpdir(), "motcua-socket-")), "shop.sock");
      shop = await scripted((arrival) => arrival.answer({ it: 1 }), {
        url: `http+unix://${encodeURIComponent(socket)}/graphql`,
      });
      expect(await shop.ask(aQuery(), aScope())).toEqual(ok);
    });

    test("a call of a subgraph is aborted when the client disconnects if it is a query, but not if it is a mutation", async () => {
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
      ["HTTP 503", (arrival) => arrival.fail(503)],
      ["a broken connection", (arrival) => arrival.hangUp()],
    ] as [string, Parameters<typeof scripted>[0]][])(
      "a call of a subgraph is retried after %s with a fresh seal if it is a query, but not if it is a mutation",
      async (_, goWrong) => {
        shop = await scripted((arrival, place) => (place === 2 ? arrival.answer({ it: 1 }) : goWrong(arrival, place)));
        expect(await shop.ask(aQuery(), aScope())).toEqual(ok);
        expect(shop.arrivals).toHaveLength(3);
        await expect(shop.ask(aMutation(), aScope())).rejects.toThrow();
        expect(shop.arrivals).toHaveLength(4);
      },
    );

    test("a call of a subgraph is not retried after HTTP 500", async () => {
      shop = await scripted((arrival) => arrival.fail(500));
      await expect(shop.ask(aQuery(), aScope())).rejects.toThrow("it failed with HTTP 500");
      expect(shop.arrivals).toHaveLength(1);
    });
  });

  describe("the circuit breaker of a subgraph", () => {
    test("the circuit breaker of a subgraph opens after consecutive failures, and closes when a probe succeeds", async () => {
      let isHealthy = true;
      shop = await scripted((arrival) => (isHealthy ? arrival.answer({ it: 1 }) : arrival.fail(500)));
      await shop.ask(aQuery(), aScope()); // the query is shared from now on
      isHealthy = false;
      for (let n = 0; n < 3; n++) await expect(shop.ask(aQuery(), aScope())).rejects.toThrow("HTTP 500");
      const scope = aScope();
      await expect(shop.ask(aQuery(), scope)).rejects.toThrow("circuit breaker is open");
      expect(shop.arrivals).toHaveLength(4);
      expect(scope.agencies.get("SHOP")?.state).toBe("UNAVAILABLE");
      isHealthy = true;
      await new Promise((resolve) => setTimeout(resolve, 250));
      expect(await shop.ask(aQuery(), aScope())).toEqual(ok);
      expect(shop.breaker).toEqual(["closed", "open", "half-open", "closed"]);
    });

    test("the circuit breaker of a subgraph stays closed when the subgraph refuses requests, answers with errors, or clients disconnect", async () => {
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

  describe("the agency states of a request", () => {
    test("the agency states of a request say since when an agency is live or unavailable; one failure makes it unavailable to that request", async () => {
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

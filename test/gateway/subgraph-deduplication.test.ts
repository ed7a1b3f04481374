import { afterEach, describe, expect, test } from "vitest";
import { DEADLINE_HEADER } from "../../subgraphs/_shared/identity/call-headers.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { type Arrival, aQuery, aScope, type Scripted, scripted } from "./kit/scripted-subgraph.ts";

let shop: Scripted;
afterEach(() => shop.close());

const soon = () => new Promise((resolve) => setTimeout(resolve, 20));
/** Responds with the caller's identity after a random delay, so that requests overlap. */
const echoCaller = (recorded: (arrival: Arrival) => boolean) => (arrival: Arrival) => {
  const { requestId, ...identity } = arrival.caller ?? { requestId: "" };
  setTimeout(
    () => arrival.answer({ identity, id: arrival.body.variables.id, requestId }, recorded(arrival)),
    Math.random() * 5,
  );
};

function citizenNumber(n: number): Partial<Caller> {
  return { subject: `citizen:${n}`, role: "citizen", personalId: String(n).padStart(12, "0"), permissions: [] };
}

describe("identical concurrent queries", () => {
  test("identical concurrent queries of one caller are sent once if no reads are recorded, and each call gets its own response object", async () => {
    shop = await scripted(echoCaller(() => false));
    await shop.ask(aQuery(), aScope()); // teaches the gateway that this query records no reads
    const scopes = Array.from({ length: 50 }, () => aScope());
    const answers = await Promise.all(scopes.map((scope) => shop.ask(aQuery(), scope)));
    expect(shop.arrivals).toHaveLength(2);
    expect(new Set(answers).size).toBe(50);
    expect(scopes.every(({ agencies }) => agencies.get("SHOP")?.state === "LIVE")).toBe(true);
  });

  test("identical concurrent queries are sent separately if reads are recorded, so that each request has its own record", async () => {
    shop = await scripted(echoCaller(() => true));
    const scopes = Array.from({ length: 20 }, () => aScope());
    await Promise.all(scopes.map((scope) => shop.ask(aQuery(), scope)));
    expect(new Set(shop.arrivals.map(({ caller }) => caller?.requestId))).toEqual(
      new Set(scopes.map((s) => s.requestId)),
    );
  });

  test("identical concurrent queries are sent again by each call that joined a request whose response recorded reads", async () => {
    shop = await scripted(
      echoCaller(({ caller }) => Number(caller?.requestId.split("-")[1]) > 0 && shop.arrivals.length > 1),
    );
    await shop.ask(aQuery(), aScope());
    const scopes = Array.from({ length: 20 }, () => aScope());
    const answers = await Promise.all(scopes.map((scope) => shop.ask(aQuery(), scope)));
    expect(answers.map(({ data }) => data?.requestId)).toEqual(scopes.map(({ requestId }) => requestId));
  });

  test("identical concurrent queries are not shared between callers that differ in any part of the forwarded identity", async () => {
    shop = await scripted(echoCaller(() => false));
    await shop.ask(aQuery(), aScope());
    const base: Partial<Caller> = { subject: "a", role: "clerk", permissions: ["citizen:read"] };
    const others: Partial<Caller>[] = [
      ...[
        {},
        { subject: "b" },
        { role: "leader" as const },
        { permissions: [] },
        { office: "31471" },
        { province: "93" },
      ],
      ...[{ agency: "LAND" }, { personalId: "0" }, { purpose: "H1" }, { onBehalfOf: "c" }],
    ].map((more) => ({ ...base, ...more }));
    const answers = await Promise.all(others.map((caller) => shop.ask(aQuery(), aScope(caller))));
    expect(answers.map(({ data }) => data?.identity)).toEqual(others);
    expect(shop.arrivals).toHaveLength(1 + others.length);
  });

  test("identical concurrent queries continue when one client disconnects, and are cancelled when all have", async () => {
    shop = await scripted(
      (arrival, place) =>
        void (place === 0
          ? arrival.answer({ it: 1 })
          : place === 1 && setTimeout(() => arrival.answer({ it: 2 }), 100)),
    );
    await shop.ask(aQuery(), aScope());
    const clients = [new AbortController(), new AbortController(), new AbortController()];
    const ask = () =>
      clients.map(({ signal }) =>
        shop.ask(aQuery(), aScope({}, { signal })).then(
          () => "answered",
          () => "gone",
        ),
      );
    const first = ask();
    await soon();
    clients[0]?.abort();
    expect(await Promise.all(first)).toEqual(["gone", "answered", "answered"]);
    clients[0] = new AbortController();
    const second = ask();
    await soon();
    for (const client of clients) client.abort();
    expect(await Promise.all(second)).toEqual(["gone", "gone", "gone"]);
    expect(shop.arrivals).toHaveLength(3);
    await shop.arrivals[2]?.cutOff;
  });

  test("identical concurrent queries are not joined by a call whose deadline is much later", async () => {
    const hasTime = ({ headers }: Arrival) => Number(headers[DEADLINE_HEADER]) > 1_000;
    shop = await scripted((arrival) => void (hasTime(arrival) && arrival.answer({ it: 1 })));
    await shop.ask(aQuery(), aScope());
    const hurried = shop.ask(aQuery(), aScope({}, { deadline: performance.now() + 500 })).catch(() => "late");
    expect(await shop.ask(aQuery(), aScope())).toEqual({ data: { it: 1 } });
    expect(await hurried).toBe("late");
  });
});

describe.each(["own", "undici"] as const)("a hundred concurrent callers with SUBGRAPH_CLIENT=%s", (client) => {
  const EACH_ROUND = 300; // every identity three times

  test.each([
    ["records no reads", 0],
    ["records some reads", 0.4],
    ["records every read", 1],
  ])(
    "a hundred concurrent callers never receive another caller's response from a subgraph that %s",
    async (_, share) => {
      const isRecorded = (id: unknown) => Number(id) < share * 5;
      shop = await scripted(
        echoCaller(({ body }) => isRecorded(body.variables.id)),
        { client },
      );
      await shop.ask(aQuery({ id: "9" }), aScope());
      for (const id of ["4", "3", "0", "4", "1", "2", "4"]) {
        const asked = Array.from({ length: EACH_ROUND }, async (_, n) => {
          const caller = citizenNumber(n % 100);
          const scope = aScope(caller);
          const { data } = await shop.ask(aQuery({ id }), scope);
          expect(data).toMatchObject({ identity: caller, id });
          if (isRecorded(id)) expect(data?.requestId).toBe(scope.requestId);
        });
        await Promise.all(asked);
      }
      const sent = shop.arrivals.length - 1;
      if (share === 0) expect(sent).toBe(7 * 100);
      if (share === 0.4) expect(sent).toBeLessThan(7 * EACH_ROUND);
      if (share === 1) expect(sent).toBeGreaterThanOrEqual(7 * EACH_ROUND);
    },
  );
});

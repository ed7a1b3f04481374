import { afterEach, describe, expect, test } from "vitest";
import { DEADLINE_HEADER } from "../../subgraphs/_shared/identity/call-headers.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { type Arrival, aQuery, aScope, type Scripted, scripted } from "./kit/scripted-subgraph.ts";

let shop: Scripted;
afterEach(() => shop.close());

const soon = () => new Promise((resolve) => setTimeout(resolve, 20));
/** Answers with the identity that it was asked for, a little later, so that questions overlap. */
const whoAsks = (recorded: (arrival: Arrival) => boolean) => (arrival: Arrival) => {
  const { requestId, ...identity } = arrival.caller ?? { requestId: "" };
  setTimeout(
    () => arrival.answer({ identity, id: arrival.body.variables.id, requestId }, recorded(arrival)),
    Math.random() * 5,
  );
};

function citizenNumber(n: number): Partial<Caller> {
  return { subject: `citizen:${n}`, role: "citizen", personalId: String(n).padStart(12, "0"), permissions: [] };
}

describe("identical queries at the same moment", () => {
  test("of one caller are sent once where nothing is recorded, and everyone gets an answer of his own", async () => {
    shop = await scripted(whoAsks(() => false));
    await shop.ask(aQuery(), aScope()); // only now is it known that this query records nothing
    const scopes = Array.from({ length: 50 }, () => aScope());
    const answers = await Promise.all(scopes.map((scope) => shop.ask(aQuery(), scope)));
    expect(shop.arrivals).toHaveLength(2);
    expect(new Set(answers).size).toBe(50);
    expect(scopes.every(({ agencies }) => agencies.get("SHOP")?.state === "LIVE")).toBe(true);
  });

  test("are sent one by one where somebody's data are read: each request has a record of its own", async () => {
    shop = await scripted(whoAsks(() => true));
    const scopes = Array.from({ length: 20 }, () => aScope());
    await Promise.all(scopes.map((scope) => shop.ask(aQuery(), scope)));
    expect(new Set(shop.arrivals.map(({ caller }) => caller?.requestId))).toEqual(
      new Set(scopes.map((s) => s.requestId)),
    );
  });

  test("are asked again by everyone who joined one that did read somebody's data after all", async () => {
    shop = await scripted(
      whoAsks(({ caller }) => Number(caller?.requestId.split("-")[1]) > 0 && shop.arrivals.length > 1),
    );
    await shop.ask(aQuery(), aScope());
    const scopes = Array.from({ length: 20 }, () => aScope());
    const answers = await Promise.all(scopes.map((scope) => shop.ask(aQuery(), scope)));
    expect(answers.map(({ data }) => data?.requestId)).toEqual(scopes.map(({ requestId }) => requestId));
  });

  test("differ by every part of the identity that is forwarded, the purpose too", async () => {
    shop = await scripted(whoAsks(() => false));
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

  test("go on for the others when one of them goes away, and end when all of them have", async () => {
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

  test("are not waited for by one whose own time lasts much longer", async () => {
    const hasTime = ({ headers }: Arrival) => Number(headers[DEADLINE_HEADER]) > 1_000;
    shop = await scripted((arrival) => void (hasTime(arrival) && arrival.answer({ it: 1 })));
    await shop.ask(aQuery(), aScope());
    const hurried = shop.ask(aQuery(), aScope({}, { deadline: performance.now() + 500 })).catch(() => "late");
    expect(await shop.ask(aQuery(), aScope())).toEqual({ data: { it: 1 } });
    expect(await hurried).toBe("late");
  });
});

describe.each(["own", "undici"] as const)(
  "a hundred identities that all ask at once over SUBGRAPH_CLIENT=%s",
  (client) => {
    const EACH_ROUND = 300; // every identity three times

    test.each([
      ["records nothing", 0],
      ["records some readings", 0.4],
      ["records every reading", 1],
    ])("never see another's answer, from a subgraph that %s", async (_, share) => {
      const isRecorded = (id: unknown) => Number(id) < share * 5;
      shop = await scripted(
        whoAsks(({ body }) => isRecorded(body.variables.id)),
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
    });
  },
);

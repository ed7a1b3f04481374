import { createServer } from "node:http";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type PortalStandIn, serveNationalPortal } from "../../../scripts/national-portal/stand-in.ts";
import { closeServer, listen, sendJson } from "../../../subgraphs/_shared/serving/http.ts";
import { deliverDossier } from "../../../subgraphs/one-stop/national-portal/deliver-dossier.ts";
import { leaseOne, markDue } from "../../../subgraphs/one-stop/national-portal/delivery-store.ts";
import { nationalPortal, PortalUnavailable } from "../../../subgraphs/one-stop/national-portal/portal-client.ts";
import type { Failpoints } from "../../../subgraphs/one-stop/saga/failpoints.ts";
import { contextOf, portalState } from "./delivering.ts";
import { statusesOfFeed } from "./feed-and-portal.ts";
import { ACCOUNT } from "./portal-account.ts";
import { type WrittenHistories, writtenHistories } from "./written-histories.ts";

const NAMES = {
  answerNames: { dossiers: "result", steps: "DanhSachTienDo", words: "message" },
  unknownDossierErrors: ["44"],
};
let desk: WrittenHistories;
let portal: PortalStandIn;
let context: ReturnType<typeof contextOf>;
beforeAll(async () => {
  desk = await writtenHistories();
  portal = await serveNationalPortal({ port: 0, ...ACCOUNT });
  context = contextOf(desk.url, portal.url);
  await desk.receive(1);
});
afterAll(async () => {
  await context?.close();
  await portal?.close();
  await desk?.drop();
});

async function turn(failpoints: Failpoints = context.failpoints) {
  const lease = await leaseOne(desk.sql, desk.idOf(0), 1_000);
  if (!lease) throw new Error("Nobody holds the dossier");
  return deliverDossier({ ...context, failpoints }, lease);
}

/** Client of a portal that answers every question with this. */
async function askedOf(answer: object, account: Partial<typeof ACCOUNT> = {}) {
  const server = createServer((request, response) => {
    sendJson(response, 200, request.url === "/login" ? { session: "s", error_code: "0" } : answer);
  });
  const url = `http://127.0.0.1:${await listen(server, 0)}`;
  const client = nationalPortal({ url, logInUrl: `${url}/login`, ...ACCOUNT, ...account }, NAMES, 1_000);
  return client.find("H13.105-261123-0001").finally(() => closeServer(server));
}

it("a portal that lists no steps gets each step once, by what it has acknowledged", async () => {
  portal.faults.set("HIDES_STEPS", 1_000);
  for (let n = 0; n < 3; n++) {
    expect((await turn()).kind).toBe("DELIVERED");
    await desk.process(0);
  }
  portal.faults.set("LOSES_ANSWERS", 2); // of the question; then of the step, which is sent again and is no second one
  expect((await turn()).kind).toBe("UNAVAILABLE");
  expect((await turn()).kind).toBe("UNAVAILABLE");
  expect((await turn()).kind).toBe("DELIVERED");
  portal.faults.set("HIDES_STEPS", 0);
  expect(portalState(portal, desk.codeOf(0))?.steps).toEqual((await statusesOfFeed(desk.sql)).get(desk.codeOf(0)));
});

it("a change that the consumer takes during a turn is due after it, and an undisturbed turn leaves nothing due", async () => {
  const isDue = async () => {
    const [row] = await desk.sql`select next_attempt_at as due from portal_deliveries`;
    return row?.due !== null;
  };
  await turn(async (moment) => {
    if (moment !== "before-commit") return;
    await desk.process(0);
    const [last] = await desk.sql<{ row: string }[]>`select max(id) as row from history`;
    const position = { row: Number(last?.row), place: 0 };
    await markDue(drizzle(desk.sql), [{ dossierId: desk.idOf(0), position }]);
  });
  expect(await isDue()).toBe(true);
  await turn();
  expect(await isDue()).toBe(false);
  expect(portalState(portal, desk.codeOf(0))?.steps).toEqual((await statusesOfFeed(desk.sql)).get(desk.codeOf(0)));
});

it("a page of a proxy, a refused log-in and an answer of another shape are no answers, and say what was wrong", async () => {
  portal.faults.set("BROKEN", 1);
  expect(await turn()).toEqual({ kind: "UNAVAILABLE", words: "HTTP 502: <h1>Bad Gateway</h1>" });
  const account = { url: portal.url, logInUrl: `${portal.url}/login`, ...ACCOUNT, password: "wrong" };
  const refused = nationalPortal(account, NAMES, 1_000).find("x");
  await expect(refused).rejects.toThrow("The log-in was refused: 1 Tên đăng nhập hoặc mật khẩu không đúng");
  await expect(askedOf({})).rejects.toThrow(new PortalUnavailable("The answer has no error_code"));
  await expect(askedOf({ error_code: "00" })).rejects.toThrow("The answer of TraCuuHoSo has no list result");
  await expect(askedOf({ error_code: "07", message: "Bận" })).rejects.toThrow("TraCuuHoSo was refused: 07 Bận");
  const number = { error_code: "00", result: [{ MaHoSo: "H13.105-261123-0001", Gia: 1 }] };
  await expect(askedOf(number)).rejects.toThrow("The answer of TraCuuHoSo has values that are no texts");
});

it("a dossier is unknown to the portal by an empty list, or by a code of the mappings", async () => {
  expect(await askedOf({ error_code: "00", result: [] })).toBeNull();
  expect(await askedOf({ error_code: "44", message: "Không có" })).toBeNull();
});

import type { Browser, Page, Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shortBackoff } from "../../kit/dossier-outcomes.ts";
import { buildWorld, type World } from "../../world.ts";
import { newTab, noBrowser, openBrowser } from "../kit/browser-tab.ts";
import { birthInput, fillBirth, fillGuardianship, signInAtDesk } from "../kit/desk-form.ts";
import { putRecord } from "../kit/desk-records.ts";
import { openSilentLine } from "../kit/silent-line.ts";
import { worldGateway } from "../kit/world-gateway.ts";

/** Names in the cache of the service worker. */
const KEPT = `caches.open("motcua-desk").then((cache) => cache.keys())
  .then((keys) => keys.map(({ url }) => new URL(url).pathname + new URL(url).search))`;
/** An earlier page in English with its file, and what nothing needs any more. */
const EARLIER = `caches.open("motcua-desk").then((cache) => Promise.all([
  cache.put("/desk?lang=en", new Response('<script src="/screens/earlier.js"></script>')),
  cache.put("/screens/earlier.js", new Response("")),
  cache.put("/screens/unnamed.js", new Response("")),
])).then(() => undefined)`;

describe.skipIf(noBrowser)(`the desk without a line in Chromium${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    [world, browser] = await Promise.all([buildWorld(shortBackoff), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  async function openDesk(url = world.url): Promise<Page> {
    const { page } = await newTab(browser, url);
    await signInAtDesk(page, url);
    await page.evaluate("navigator.serviceWorker.ready");
    return page;
  }

  async function numberOfDossiers(): Promise<number> {
    const [row] = await world.sql("one-stop")<{ count: number }[]>`select count(*)::int as count from dossiers`;
    return row?.count ?? 0;
  }

  /** Idempotency key of a submission. */
  function keyOf(request: Request): string {
    const { variables } = request.postDataJSON() as { variables: { items: { idempotencyKey: string }[] } };
    return String(variables.items[0]?.idempotencyKey);
  }

  const receive = (page: Page) => page.getByRole("button", { name: "Tiếp nhận hồ sơ" }).click();

  test("a request that is taken while the line is down survives its tab under a reserved code and is sent once when the line is back", async () => {
    const page = await openDesk();
    await page.getByRole("link", { name: "Hàng chờ gửi" }).click();
    await page.getByText("Còn 12 mã giữ trước").waitFor();
    await page.getByRole("link", { name: "Tiếp nhận" }).click();
    const before = await numberOfDossiers();
    const context = page.context();
    await context.setOffline(true);
    await page.getByText("Mất đường truyền").first().waitFor();
    await page.getByRole("button", { name: /3 trong 1/ }).click();
    await fillBirth(page, await birthInput(world.url), { isLineUp: false });
    await page.getByText("Đã giữ bản nháp").waitFor();
    const address = page.url();
    await page.close();

    const reopened = await context.newPage();
    await reopened.goto(address);
    await receive(reopened);
    const item = reopened.locator(".taken li");
    await item.getByText("chờ gửi").waitFor();
    const code = await item.locator(".code").textContent();
    expect(code).toMatch(/-9\d{4}$/);
    await reopened.close();

    const last = await context.newPage();
    await last.goto(`${world.url}/desk#outbox`);
    await last.locator(".taken li").getByText("chờ gửi").waitFor();
    await context.setOffline(false);
    await last
      .locator(".taken li")
      .getByText(/đã vào sổ|cần sửa/)
      .waitFor();
    expect(await last.locator(".taken li").textContent()).toContain("đã vào sổ");
    expect(await last.locator(".taken li a").textContent()).toBe(code);
    expect(await numberOfDossiers()).toBe(before + 1);
  }, 120_000);

  test("a request whose answer is lost is sent again and stays one dossier", async () => {
    const page = await openDesk();
    await page.getByRole("link", { name: "Tiếp nhận" }).click();
    await page.getByRole("button", { name: /3 trong 1/ }).click();
    await fillBirth(page, await birthInput(world.url));
    await page.getByText("Các cơ quan đều nhận").waitFor();
    const before = await numberOfDossiers();
    let lost = 0;
    await page.route("**/graphql", async (route) => {
      if (lost > 0 || !route.request().postData()?.includes("SubmitBatch")) return route.continue();
      lost += 1;
      await route.fetch(); // the gateway acts, and its answer does not arrive
      return route.abort();
    });
    await receive(page);
    await page.locator(".taken li").getByText("đã vào sổ").waitFor();
    expect(lost).toBe(1);
    expect(await numberOfDossiers()).toBe(before + 1);
  });

  test("a request whose submission is the first to find the line down is sent by itself when the line is back", async () => {
    const page = await openDesk();
    await page.getByRole("link", { name: "Hàng chờ gửi" }).click();
    await page.getByText("Còn 12 mã giữ trước").waitFor();
    await fillGuardianship(page);
    const requests = /\/(graphql|health\/live)$/;
    await page.route(requests, (route) => route.abort());
    await receive(page);
    await page.locator(".taken li").getByText("chờ gửi").waitFor();
    await page.unroute(requests);
    await page.locator(".taken li").getByText("đã vào sổ").waitFor();
  });

  test("a request whose gateway is killed while it submits is sent again under its key when the gateway is back, and has its receipt", async () => {
    const gateway = await worldGateway(world);
    try {
      await gateway.start();
      const page = await openDesk(gateway.url);
      await fillGuardianship(page);
      const before = await numberOfDossiers();
      const keys: string[] = [];
      page.on("request", (request) => {
        if (request.postData()?.includes("SubmitBatch")) keys.push(keyOf(request));
      });
      world.demo.setFaultMode("ONE_STOP", "SLOW"); // the submission is under way for as long as the gateway lives
      await receive(page);
      await expect.poll(() => keys.length).toBe(1);
      await gateway.kill();
      await page.getByText("Mất đường truyền").first().waitFor();
      world.demo.setFaultMode("ONE_STOP", "UP");
      await gateway.start();
      await page.locator(".taken li").getByText("đã vào sổ").waitFor();
      expect(keys.length).toBeGreaterThan(1);
      expect(new Set(keys).size).toBe(1);
      expect(await numberOfDossiers()).toBe(before + 1);
      await page.locator(".taken li a").click();
      await page.getByRole("button", { name: /^Giấy tiếp nhận/ }).waitFor();
    } finally {
      await gateway.kill();
    }
  }, 120_000);

  test("a bundle that cannot be sent with a reserved code uses none up and promises no receipt", async () => {
    const page = await openDesk();
    await page.getByRole("link", { name: "Hàng chờ gửi" }).click();
    await page.getByText("Còn 12 mã giữ trước").waitFor();
    const example = await fetch(`${world.url}/dev/example/submit-move-bundle`);
    const { variables } = (await example.json()) as { variables: { input: object } };
    const draft = { id: "move", kind: { bundle: "Move" }, name: "Chuyển nơi ở", content: variables.input };
    await putRecord(page, "drafts", "move", draft);
    await page.context().setOffline(true);
    await page.getByText("Mất đường truyền").first().waitFor();
    await page.goto(`${world.url}/desk#form/move`);
    await page.locator(".verdict").getByText("Chưa cấp được giấy hẹn").waitFor();
    await receive(page);
    const item = page.locator(".taken li");
    await item.getByText("Chưa cấp được giấy hẹn").waitFor();
    expect(await item.locator(".code").count()).toBe(0);
    await page.getByText("Còn 12 mã giữ trước").waitFor();
    await page.context().setOffline(false);
    await item.getByText("đã vào sổ").waitFor();
  });

  test("a kept page keeps its files when another page is kept anew, and no further page is kept", async () => {
    const page = await openDesk();
    await page.evaluate(EARLIER);
    await page.goto(`${world.url}/desk?lang=vi`);
    await page.goto(`${world.url}/desk`);
    await expect.poll(() => page.evaluate<string[]>(KEPT)).not.toContain("/screens/unnamed.js");
    const kept = await page.evaluate<string[]>(KEPT);
    expect(kept).toContain("/screens/earlier.js");
    expect(kept.filter((name) => name.startsWith("/desk")).sort()).toEqual(["/desk", "/desk?lang=en"]);
  });

  test("a tab opens with the kept page while the line takes requests and answers none", async () => {
    const line = await openSilentLine(world.url);
    try {
      const page = await openDesk(line.url);
      line.fallSilent();
      await page.goto(`${line.url}/desk#receive`);
      await page.reload();
      await page.getByText("Mất đường truyền").first().waitFor();
    } finally {
      line.close();
    }
  });
});

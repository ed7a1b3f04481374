import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shortBackoff } from "../../kit/dossier-outcomes.ts";
import { buildWorld, type World } from "../../world.ts";
import { newTab, noBrowser, openBrowser } from "../kit/browser-tab.ts";
import { birthInput, fillGuardianship, signInAtDesk } from "../kit/desk-form.ts";
import { putRecord, waitingBirth } from "../kit/desk-records.ts";

/** A browser in which two seconds are a long time for a request. */
const IMPATIENT = `const timeout = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (ms) => timeout(ms > 10_000 ? 2_000 : ms);`;
/** A browser that has no room for another taken request, until `hasRoom` is set. */
const FULL = `const { put } = IDBObjectStore.prototype;
IDBObjectStore.prototype.put = function (...given) {
  if (this.name === "taken" && !globalThis.hasRoom) throw new DOMException("full", "QuotaExceededError");
  return put.apply(this, given);
};`;
/** Stores of the page before it kept files, with a draft. */
const EARLIER = `const opening = indexedDB.open("motcua-desk", 1);
opening.onupgradeneeded = () => {
  for (const name of ["drafts", "taken", "codes", "facts"]) opening.result.createObjectStore(name);
  const draft = { id: "earlier", owner: "demo:clerk:31471", kind: { bundle: "Birth" }, name: "Tờ khai cũ", savedAt: 1 };
  opening.transaction.objectStore("drafts").put(draft, "earlier");
};
opening.onsuccess = () => opening.result.close();`;
/** Another tab that uses the first reserved code up between the moments in which this one reads the codes and takes one. */
const FASTER = `const { getAll } = IDBObjectStore.prototype;
IDBObjectStore.prototype.getAll = function (...given) {
  const reading = getAll.apply(this, given);
  if (this.name === "codes" && globalThis.isOtherFaster) reading.addEventListener("success", () => {
    globalThis.isOtherFaster = false;
    globalThis.used = reading.result[0].code;
    this.transaction.db.transaction("codes", "readwrite").objectStore("codes").delete(globalThis.used);
  });
  return reading;
};`;

describe.skipIf(noBrowser)(`the desk's storage and outbox in Chromium${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    [world, browser] = await Promise.all([buildWorld(shortBackoff), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  async function openDesk(script = ""): Promise<Page> {
    const { page } = await newTab(browser, world.url);
    await page.addInitScript(script);
    await signInAtDesk(page, world.url);
    await page.getByRole("link", { name: "Hàng chờ gửi" }).click();
    await page.getByText("Còn 12 mã giữ trước").waitFor(); // what the desk does when it opens is done
    return page;
  }

  const receive = (page: Page) => page.getByRole("button", { name: "Tiếp nhận hồ sơ" }).click();

  test("a malformed request does not stop the others of its batch and comes back to be corrected", async () => {
    const page = await openDesk();
    const { child: _, ...malformed } = await birthInput(world.url);
    await putRecord(page, "taken", "malformed", { ...waitingBirth("malformed", malformed), savedAt: 1 });
    await putRecord(page, "taken", "sound", waitingBirth("sound", await birthInput(world.url)));
    await page.reload();
    await page.locator(".taken li").first().getByText("đã vào sổ").waitFor();
    await page.locator(".taken li").last().getByText("cần sửa").waitFor();
    await page.getByRole("button", { name: "Sửa lại" }).click();
    await page.locator(".problems").getByText("Cổng không đọc được tờ khai này").waitFor();
  });

  test("an answer does not overwrite what another tab has noted meanwhile", async () => {
    const page = await openDesk();
    const waiting = waitingBirth("noted", await birthInput(world.url));
    await page.route("**/graphql", async (route) => {
      if (!route.request().postData()?.includes("SubmitBatch")) return route.continue();
      await putRecord(page, "taken", "noted", { ...waiting, state: "ACCEPTED", dossier: "NOTED" });
      return route.abort();
    });
    await putRecord(page, "taken", "noted", waiting);
    await page.reload();
    await page.locator(".taken li a").getByText("NOTED").waitFor();
  });

  test("a request that hangs is given up and sent again", async () => {
    const page = await openDesk(IMPATIENT);
    let hung = 0;
    await page.route("**/graphql", async (route) => {
      if (hung > 0 || !route.request().postData()?.includes("SubmitBatch")) return route.continue();
      hung += 1; // and never answers
    });
    await putRecord(page, "taken", "hung", waitingBirth("hung", await birthInput(world.url)));
    await page.reload();
    await page.locator(".taken li").getByText("đã vào sổ").waitFor();
    expect(hung).toBe(1);
  });

  test("a request for which the browser has no room stays in its form and can be submitted again", async () => {
    const page = await openDesk(FULL);
    await fillGuardianship(page);
    await receive(page);
    await page.getByRole("alert").getByText("hết chỗ trống").waitFor();
    await page.evaluate("globalThis.hasRoom = true");
    await receive(page);
    await page.locator(".dossier-head .badge").waitFor();
  });

  test("a request whose reserved code another tab has used gets the next one", async () => {
    const page = await openDesk(FASTER);
    await fillGuardianship(page);
    await page.context().setOffline(true);
    await page.getByText("Mất đường truyền").first().waitFor();
    await page.evaluate("globalThis.isOtherFaster = true");
    await receive(page);
    const code = await page.locator(".taken li .code").textContent();
    expect(code).toMatch(/-9\d{4}$/);
    expect(code).not.toBe(await page.evaluate("globalThis.used"));
  });

  test("a draft that an earlier version of the page has stored stays", async () => {
    const page = await openDesk(EARLIER);
    await page.getByRole("link", { name: "Tiếp nhận" }).click();
    await page.getByRole("link", { name: "Tờ khai cũ" }).waitFor();
  });

  test("a draft of one clerk is absent for the next, who begins at the board", async () => {
    const page = await openDesk();
    await page.getByRole("link", { name: "Tiếp nhận" }).click();
    await page.getByRole("button", { name: /3 trong 1/ }).click();
    await page.getByRole("button", { name: "Tiếp nhận hồ sơ" }).waitFor();
    const draft = page.url();
    await page.getByRole("button", { name: "Đăng xuất" }).click();
    await page.getByLabel("Mã xã").fill("31480");
    expect(new URL(page.url()).hash).toBe("");
    await page.getByRole("button", { name: "Vào làm việc" }).click();
    await page.getByRole("button", { name: "Đăng xuất" }).waitFor();
    await page.goto(draft);
    await page.getByText("Tờ khai này không còn trên máy").waitFor();
  });
});

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setClock, shortBackoff } from "../../kit/dossier-outcomes.ts";
import { buildWorld, clerk, contract, type World } from "../../world.ts";
import { newTab, noBrowser, openBrowser } from "../kit/browser-tab.ts";
import { faultsOf, LOOKS, NOTHING } from "../kit/page-rules.ts";

describe.skipIf(noBrowser)(`the leader's board in Chromium${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  let world: World;
  let browser: Browser;
  let code: string;
  beforeAll(async () => {
    [world, browser] = await Promise.all([buildWorld(shortBackoff), openBrowser()]);
    setClock(world, "2026-11-09T08:00:00+07:00");
    await decided("claim-part");
    await decided("decide-part");
    code = await submitted();
    setClock(world, "2026-11-30T09:00:00+07:00");
    await decided("decide-part");
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  async function example(name: string): Promise<{ persona: string; variables: Record<string, unknown> }> {
    const response = await fetch(`${world.url}/dev/example/${name}`);
    return (await response.json()) as never; // the endpoint answers persona and variables
  }

  async function decided(name: string): Promise<void> {
    const { persona, variables } = await example(name);
    const { errors } = await world.ask({ persona }, contract(name), variables);
    expect(errors).toBeUndefined();
  }

  async function submitted(): Promise<string> {
    const { variables } = await example("submit-dossier");
    const { data } = await world.ask(clerk, contract("submit-dossier"), variables);
    return String(data.submitDossier.dossier.code);
  }

  async function signIn(page: Page, path = "/board"): Promise<void> {
    await page.goto(world.url + path);
    await page.getByRole("button", { name: /Vào làm việc|Begin to work/ }).click();
    await page.getByRole("heading", { level: 2 }).first().waitFor();
    await page.locator(".rate").first().waitFor();
    await page.locator(".criteria").first().waitFor();
  }

  test("a leader gives a late part to another officer with the keyboard alone", async () => {
    const { page, faults } = await newTab(browser, world.url);
    await signIn(page);
    await page.getByRole("button", { name: `Giao lại phần việc của hồ sơ ${code}` }).focus();
    await page.keyboard.press("Enter");
    const offered = page.getByRole("combobox", { name: "Giao cho" }).getByRole("option");
    await offered.first().waitFor({ state: "attached" });
    expect(await offered.evaluateAll((all) => all.map((each) => each.getAttribute("value")))).toEqual([
      "demo:registrar:31471",
    ]);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText(`Đã giao lại phần việc của hồ sơ ${code}.`).waitFor();
    await page.getByRole("row", { name: code }).getByText("Cán bộ hộ tịch").first().waitFor();
    expect(faults).toEqual([]);
  });

  test("a rate shows its numerator and denominator, and the dossiers behind it at a click", async () => {
    const { page, faults } = await newTab(browser, world.url);
    await signIn(page);
    const card = page.locator(".rate", {
      has: page.getByRole("heading", { name: "Hồ sơ giải quyết đúng hạn, trước hạn" }),
    });
    await card.getByText("2 trên 2 hồ sơ").waitFor();
    await card.getByRole("button", { name: "Đạt: 2" }).click();
    await page.getByRole("heading", { name: "Hồ sơ giải quyết đúng hạn, trước hạn: hồ sơ đạt" }).waitFor();
    expect(await page.locator(".behind tbody tr").count()).toBe(2);
    expect(faults).toEqual([]);
  });

  test("each point of the score tells its rate, and the dossiers behind it at a click, which gives the focus back", async () => {
    const { page, faults } = await newTab(browser, world.url);
    await signIn(page);
    const points = page.locator(".criteria li", { hasText: "Hồ sơ giải quyết đúng hạn" });
    await points.getByText(/× 2 \/ 2 = /).waitFor();
    await points.getByRole("button", { name: "Đạt: 2" }).press("Enter");
    await page.locator("#score .behind tbody tr").nth(1).waitFor();
    await page.getByRole("button", { name: "Đóng danh sách" }).press("Enter");
    expect(await page.locator(".behind tbody").count()).toBe(0);
    expect(await points.getByRole("button", { name: "Đạt: 2" }).evaluate((button) => button.matches(":focus"))).toBe(
      true,
    );
    expect(faults).toEqual([]);
  });

  test("an answer for an earlier period that arrives after that for a later one is not shown", async () => {
    const { page, faults } = await newTab(browser, world.url);
    await signIn(page);
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let held = 0;
    await page.route("**/graphql", async (route) => {
      const { query, variables } = route.request().postDataJSON();
      if (/BoardRates|BoardScore/.test(query) && variables.from === "2026-11-24") {
        held += 1;
        await released;
      }
      await route.continue();
    });
    const earlier = page.waitForResponse((response) => response.request().postData()?.includes("2026-11-24") === true);
    await page.getByRole("button", { name: "7 ngày" }).click();
    await page.getByRole("button", { name: "12 tháng" }).click();
    const titles = ["Các chỉ số", "Chấm điểm theo Quyết định 766/QĐ-TTg"].map((title) =>
      page.getByRole("heading", { name: `${title} từ 01/12/2025 đến 30/11/2026` }),
    );
    for (const title of titles) await title.waitFor();
    expect(held).toBe(2);
    release();
    await (await earlier).finished();
    await page.getByRole("button", { name: "Đạt: 2" }).first().click();
    await page.locator(".behind tbody tr").first().waitFor();
    for (const title of titles) expect(await title.isVisible()).toBe(true);
    expect(faults).toEqual([]);
  });

  describe.each(LOOKS)("in $colorScheme at $width by $height", (look) => {
    test.each(["/board", "/board?lang=en"])(
      "the leader's board %s breaks no rule of WCAG 2.2 AA, keeps its policy and is no wider than the window",
      async (path) => {
        expect(await faultsOf(browser, world.url, look, (page) => signIn(page, path))).toEqual(NOTHING);
      },
    );
  });
});

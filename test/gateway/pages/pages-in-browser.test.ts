import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aBirthRequest, submit } from "../../given.ts";
import { buildWorld, type World } from "../../world.ts";
import { newTab, noBrowser, openBrowser } from "../kit/browser-tab.ts";
import { faultsOf, LOOKS, NOTHING } from "../kit/page-rules.ts";

describe.skipIf(noBrowser)(`the public pages in Chromium${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  let world: World;
  let browser: Browser;
  let code: string;
  beforeAll(async () => {
    [world, browser] = await Promise.all([buildWorld(), openBrowser()]);
    await world.agencies.disconnect("health-insurance");
    code = (await submit(world, aBirthRequest(), { waitMs: 500 })).data.submitBirthBundle.dossier.code;
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  test("a person without scripts finds a dossier by its code and digits, and changes the language", async () => {
    const { page, faults } = await newTab(browser, world.url, { width: 390, height: 844, javaScriptEnabled: false });
    await page.goto(`${world.url}/track`);
    await page.getByLabel("Mã hồ sơ").fill(code);
    await page.getByRole("button", { name: "Tra cứu" }).click();
    await page.getByLabel("4 số cuối").fill("5678");
    await page.getByRole("button", { name: "Tra cứu" }).click();
    await page.getByText("Đang giải quyết", { exact: true }).waitFor();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByText("In progress", { exact: true }).waitFor();
    await page.getByText("Why it is due then").click();
    expect(page.url()).toBe(`${world.url}/track/${code}?lang=en`);
    expect(faults).toEqual([]);
  });

  describe.each(LOOKS)("in $colorScheme at $width by $height", (look) => {
    const shown = (open: (page: Page) => Promise<unknown>) => faultsOf(browser, world.url, look, open);

    test.each([
      "/track",
      "/track?lang=en",
      "/procedures?q=khai+sinh",
      "/procedures/1.001193",
      "/procedures/1.001193?lang=en",
      "/status",
      "/status?lang=en",
    ])("the page %s breaks no rule of WCAG 2.2 AA, keeps its policy and is no wider than the window", async (path) => {
      expect(await shown((page) => page.goto(`${world.url}${path}`))).toEqual(NOTHING);
    });

    test.each(["", "?lang=en"])(
      "the page of a dossier%s breaks no rule of WCAG 2.2 AA, keeps its policy and is no wider than the window",
      async (query) => {
        const open = async (page: Page) => {
          await page.goto(`${world.url}/track/${code}${query}`);
          await page.locator("#digits").fill("5678");
          await page.locator("main button").click();
          await page.locator(".state").waitFor();
          await page.locator("summary").click();
        };
        expect(await shown(open)).toEqual(NOTHING);
      },
    );
  });
});

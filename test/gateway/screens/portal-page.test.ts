import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";
import { aBirthRequest, dossierThatIs } from "../../given.ts";
import { acknowledged, shortBackoff } from "../../kit/dossier-outcomes.ts";
import { buildWorld, type World } from "../../world.ts";
import { newTab, noBrowser, openBrowser } from "../kit/browser-tab.ts";
import { faultsOf, LOOKS, NOTHING } from "../kit/page-rules.ts";

describe.skipIf(noBrowser)(`the portal's page in Chromium${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  let world: World;
  let browser: Browser;
  let before: string;
  beforeAll(async () => {
    [world, browser] = await Promise.all([buildWorld(shortBackoff), openBrowser()]);
    before = await completedDossier();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  async function completedDossier(): Promise<string> {
    const { code } = await acknowledged(world, aBirthRequest());
    await dossierThatIs(world, code, ({ state }) => state === "COMPLETED");
    return code;
  }

  async function open(page: Page, path = "/portal"): Promise<void> {
    await page.goto(world.url + path);
    await page.getByRole("cell", { name: before }).waitFor();
    await page.getByRole("button", { name: /Đã giải quyết xong \d|Completed \d/ }).waitFor();
    await entries(page, before).first().waitFor();
  }

  const entries = (page: Page, code: string) => page.getByRole("listitem").filter({ hasText: code });

  test("the feed shows what was before and each later change once, and the numbers of the states follow", async () => {
    const { page, faults } = await newTab(browser, world.url);
    await open(page);
    const code = await completedDossier();
    await entries(page, code).getByText("Đã giải quyết xong").waitFor();
    await page.getByRole("row", { name: code }).getByText("Đã giải quyết xong").waitFor();
    expect(await entries(page, code).count()).toBe(await entries(page, before).count());
    await page.getByRole("button", { name: "Đã giải quyết xong 2" }).waitFor();
    expect(faults).toEqual([]);
  });

  test("a state lists its dossiers and a search finds one, with the keyboard alone", async () => {
    const { page, faults } = await newTab(browser, world.url);
    await open(page);
    await page.getByRole("button", { name: /Đã rút/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("0 hồ sơ mới nhận nhất trong 0 hồ sơ").waitFor();
    await page.getByRole("searchbox", { name: "Tìm hồ sơ" }).focus();
    await page.keyboard.type(before);
    await page.keyboard.press("Enter");
    await page.getByRole("cell", { name: before }).waitFor();
    expect(await page.locator("table.dossiers tbody tr").count()).toBe(1);
    expect(faults).toEqual([]);
  });

  test("the code beside the feed is the file that the page runs", async () => {
    const { page } = await newTab(browser, world.url);
    await open(page);
    const file = projectPath("gateway", "screens", "browser", "portal", "portal-client.ts");
    expect(await page.getByRole("region", { name: "Mã nguồn" }).textContent()).toBe(readFileSync(file, "utf8"));
  });

  describe.each(LOOKS)("in $colorScheme at $width by $height", (look) => {
    test.each(["/portal", "/portal?lang=en"])(
      "the portal's page %s breaks no rule of WCAG 2.2 AA, keeps its policy and is no wider than the window",
      async (path) => {
        expect(await faultsOf(browser, world.url, look, (page) => open(page, path))).toEqual(NOTHING);
      },
    );
  });
});

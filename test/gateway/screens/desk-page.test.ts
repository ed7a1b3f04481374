import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shortBackoff } from "../../kit/dossier-outcomes.ts";
import { buildWorld, clerk, contract, type World } from "../../world.ts";
import { newTab, noBrowser, openBrowser } from "../kit/browser-tab.ts";
import { faultsOf, LOOKS, NOTHING } from "../kit/page-rules.ts";

describe.skipIf(noBrowser)(`the clerk's screen in Chromium${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    [world, browser] = await Promise.all([buildWorld(shortBackoff), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  async function signIn(page: Page, path = "/desk"): Promise<void> {
    await page.goto(world.url + path);
    await page.getByRole("button", { name: /Vào làm việc|Begin to work/ }).click();
    await page.getByText("Phường Long Mỹ").first().waitFor();
  }

  async function submittedBirth(): Promise<string> {
    const example = await fetch(`${world.url}/dev/example/submit-birth-bundle`);
    const { variables } = (await example.json()) as { variables: object };
    const { data } = await world.ask(clerk, contract("submit-birth-bundle"), { ...variables, waitMs: 0 });
    return String(data.submitBirthBundle.dossier.code);
  }

  test("the board counts a dossier as soon as it is received, and lists it behind the count and the search", async () => {
    const { page, faults } = await newTab(browser, world.url);
    await signIn(page);
    const code = await submittedBirth();
    await page.getByRole("cell", { name: code }).waitFor();
    await page.getByRole("button", { name: /1 *Nhận hôm nay/ }).waitFor();
    await page.getByRole("searchbox", { name: "Tìm hồ sơ" }).fill("không có ai tên này");
    await page.keyboard.press("Enter");
    await page.getByText("Không có hồ sơ nào.").waitFor();
    await page.getByRole("searchbox", { name: "Tìm hồ sơ" }).fill(code);
    await page.keyboard.press("Enter");
    await page.getByRole("cell", { name: code }).waitFor();
    expect(faults).toEqual([]);
  });

  describe.each(LOOKS)("in $colorScheme at $width by $height", (look) => {
    test.each(["/desk", "/desk?lang=en"])(
      "the clerk's screen %s breaks no rule of WCAG 2.2 AA, keeps its policy and is no wider than the window",
      async (path) => {
        await submittedBirth();
        const open = async (page: Page) => {
          await signIn(page, path);
          await page.locator("table.dossiers").waitFor();
        };
        expect(await faultsOf(browser, world.url, look, open)).toEqual(NOTHING);
      },
    );
  });
});

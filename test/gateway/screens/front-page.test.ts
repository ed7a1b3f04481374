import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { frontPage } from "../../../gateway/pages/front/front-page.ts";
import { documentOf } from "../../../gateway/pages/page-layout.ts";
import { takeKillRequests } from "../../../subgraphs/_shared/demo/kill-requests.ts";
import { subgraphs } from "../../../subgraphs/agency-registry.ts";
import { shortBackoff } from "../../kit/dossier-outcomes.ts";
import { buildWorld, type World } from "../../world.ts";
import { newTab, noBrowser, openBrowser } from "../kit/browser-tab.ts";
import { faultsOf, LOOKS, NOTHING } from "../kit/page-rules.ts";

describe.skipIf(noBrowser)(`the front page in Chromium${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    [world, browser] = await Promise.all([buildWorld(shortBackoff, { PLAYGROUND: "on" }), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  async function openPage(path = "/"): Promise<{ page: Page; faults: string[] }> {
    const tab = await newTab(browser, world.url);
    await tab.page.goto(world.url + path);
    await tab.page.getByRole("checkbox", { name: /Chậm lại|Slow/ }).uncheck();
    return tab;
  }

  const dossier = (page: Page) => page.locator(".dossier");

  test("a request on the front page travels through its agencies until all of them know the child", async () => {
    const { page, faults } = await openPage();
    await page.getByRole("button", { name: "Gửi một hồ sơ 3 trong 1" }).click();
    await dossier(page).getByText("Đã giải quyết xong").waitFor();
    await page.locator('[data-agency="HEALTH_INSURANCE"] .granted').getByText(/^TE/).waitFor();
    await page.locator(".child .facts").getByText(/^TE/).waitFor();
    expect(await page.locator(".steps .granted").count()).toBe(5);
    expect(faults).toEqual([]);
  });

  test("a dossier on the front page says that it waits for an agency that is unplugged, and ends once it is back", async () => {
    const { page, faults } = await openPage("/?lang=en");
    const police = page.getByRole("combobox", { name: "Mode of Residence registry (police)" });
    await police.selectOption("DOWN");
    await page.getByRole("button", { name: "Send a 3-in-1" }).click();
    await page.locator('[data-agency="RESIDENCE"] .sent').getByText("no answer yet").waitFor();
    await police.selectOption("UP");
    await dossier(page).getByText("Completed").waitFor();
    expect(faults).toEqual([]);
  });

  test("a dossier on the front page whose agency asks for papers ends once they are handed in", async () => {
    const { page } = await openPage("/?lang=en");
    const insurer = page.getByRole("combobox", { name: "Mode of Social insurance" });
    await insurer.selectOption("ASKS_FOR_PAPERS");
    await page.getByRole("button", { name: "Send a 3-in-1" }).click();
    await page.getByRole("button", { name: "Hand in the papers" }).waitFor();
    await insurer.selectOption("UP");
    await page.getByRole("button", { name: "Hand in the papers" }).click();
    await dossier(page).getByText("Completed").waitFor();
  });

  test("the front page kills a process where a supervisor starts it again", async () => {
    const { page: alone } = await openPage("/?lang=en");
    expect(await alone.getByRole("button", { name: /kill -9/ }).count()).toBe(0);
    const killed: string[] = [];
    const supervisor = takeKillRequests(`${world.data}/demo`, (name) => killed.push(name));
    const { page } = await openPage("/?lang=en");
    await page.getByRole("button", { name: "Kill the process of Land registry (kill -9)" }).click();
    await page.locator('.agency[data-agency="LAND"]').getByText("alive again").waitFor();
    expect(killed).toEqual(["land"]);
    supervisor.stop();
  });

  test("the front page shows a null with its reason for an agency that is unplugged, and the plan with its times", async () => {
    const { page } = await openPage("/?lang=en");
    await page.getByRole("button", { name: "Unplug: Land registry" }).click();
    await page.locator(".truth-answer").getByText("no answer since").waitFor();
    await page.locator(".plan-node.failed").waitFor();
    await page.getByRole("button", { name: "Plug in: Land registry" }).click();
    await page.locator(".truth-answer").getByText("AA 10000000").waitFor();
    expect(await page.locator(".plan-node").count()).toBe(6);
  });

  test("the front page gives the same question to four callers, of whom only some may know", async () => {
    const { page } = await openPage("/?lang=en");
    const columns = page.locator(".columns article");
    await columns.filter({ hasText: "Clerk of the one-stop desk" }).getByText("AA 10000000").waitFor();
    await columns.filter({ hasText: "Not signed in" }).getByText("must sign in").first().waitFor();
  });

  describe.each(LOOKS)("in $colorScheme at $width by $height", (look) => {
    test.each(["/", "/?lang=en"])(
      "the front page %s breaks no rule of WCAG 2.2 AA, keeps its policy and is no wider than the window",
      async (path) => {
        const open = async (page: Page) => {
          await page.goto(world.url + path);
          await page.locator(".send").click();
          await page.locator(".child .facts").getByText(/^TE/).waitFor();
        };
        expect(await faultsOf(browser, world.url, look, open)).toEqual(NOTHING);
      },
    );
  });
});

describe("the front page without a demo", () => {
  test.each(["vi", "en"] as const)(
    "the front page without a demo says what this is, without a script (%s)",
    (language) => {
      const text = documentOf(
        frontPage({ language, screen: undefined, hasScreens: false, hasPlayground: false, hasStatus: true }),
        "pages.css",
      );
      expect(text).toContain(language === "vi" ? "Một yêu cầu, sáu cơ quan" : "One request, six agencies");
      for (const { [language]: title } of subgraphs) expect(text).toContain(title);
      expect(text).not.toMatch(/<script|playground/);
    },
  );
});

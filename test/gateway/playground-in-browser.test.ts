import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { playgroundLink } from "../../gateway/screens/browser/client/share.ts";
import { aBirthRequest } from "../given.ts";
import { acknowledged } from "../kit/dossier-outcomes.ts";
import { buildWorld, type World } from "../world.ts";
import { newTab, noBrowser, openBrowser, openTab } from "./kit/browser-tab.ts";
import { faultsOf, LOOKS, NOTHING } from "./kit/page-rules.ts";

describe.skipIf(noBrowser)(`the playground in Chromium${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    [world, browser] = await Promise.all([buildWorld({}, { PLAYGROUND: "on" }), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  test("the playground in Chromium sends the 3-in-1 request as the clerk and contacts only the gateway", async () => {
    const { page, faults } = await openTab(browser, world.url);
    await page.getByRole("button", { name: /execute/i }).click();
    const answer = page.locator(".result-window .view-lines");
    await answer
      .getByText(/"H\d\d\.\d{3}-\d{6}-\d{4}"/)
      .first()
      .waitFor();
    expect(faults).toEqual([]);
  });

  test.each([
    [1_440, 900],
    [390, 844],
  ])(
    "every ready tab of the playground in Chromium answers its first click without an error at %i by %i",
    async (width, height) => {
      const { page, faults } = await openTab(browser, world.url);
      await page.setViewportSize({ width, height });
      const names = await page.locator(".graphiql-tab-button").allTextContents();
      expect(names.length).toBeGreaterThan(5);
      for (const name of names) {
        await page.getByRole("button", { name, exact: true }).click();
        await page.waitForTimeout(500); // the editor reads the document's operations after a pause in typing
        const answered = page.waitForResponse((each) => each.request().postData()?.includes(`${name}(`) ?? false);
        await page.getByRole("button", { name: /execute/i }).click();
        const response = await answered;
        if (response.headers()["content-type"]?.startsWith("application/json")) {
          expect(JSON.stringify(await response.json()), name).not.toMatch(/"errors":|"problems":\[\{/);
        } else await page.locator(".result-window").getByText('"dossierChanged"').first().waitFor();
      }
      expect(faults).toEqual([]);
    },
  );

  test("the playground in Chromium sends requests as the chosen persona", async () => {
    const { page } = await openTab(browser, world.url);
    await page.getByRole("button", { name: "Citizen", exact: true }).click();
    await page.getByRole("combobox", { name: "Vai" }).selectOption("");
    await page.waitForTimeout(500); // the editor reads the document's operations after a pause in typing
    const answered = page.waitForResponse((response) => response.url().endsWith("/graphql"));
    await page.getByRole("button", { name: /execute/i }).click();
    const { errors } = (await (await answered).json()) as { errors: { extensions: { code: string } }[] };
    expect(errors[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });

  test("the playground in Chromium shows a developer the plan of a response on request", async () => {
    const { page, faults } = await openTab(browser, world.url);
    await page.getByRole("button", { name: "Procedures", exact: true }).click();
    await page.getByRole("checkbox", { name: "Kế hoạch" }).check();
    const answered = page.waitForResponse((response) => response.url().endsWith("/graphql"));
    await page.getByRole("button", { name: /execute/i }).click();
    const { extensions } = (await (await answered).json()) as { extensions: { plan: { plan: string[] } } };
    expect(extensions.plan.plan[1]).toBe('  Fetch(service: "one-stop") {');
    await page.getByRole("button", { name: "Kế hoạch (query plan)" }).click();
    await page.locator(".plan-node").getByText("one-stop").waitFor();
    expect(faults).toEqual([]);
  });

  test("the playground in Chromium follows a dossier while its agencies respond", async () => {
    await world.agencies.disconnect("health-insurance");
    const { code } = await acknowledged(world, aBirthRequest(), { waitMs: 500 });
    const { page, faults } = await openTab(browser, world.url);
    await page.getByRole("button", { name: "DossierChanged", exact: true }).click();
    await page.locator(".graphiql-editor-tool .view-lines").first().click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(`{"code":"${code}`); // the editor closes it
    await page.getByRole("button", { name: /execute/i }).click();
    const answer = page.locator(".result-window .view-lines");
    await answer.getByText("IN_PROGRESS").first().waitFor();
    await world.agencies.reconnect("health-insurance");
    await answer.getByText("COMPLETED").first().waitFor();
    expect(faults).toEqual([]);
  });

  test("the playground in Chromium opens an operation of a link, as its persona", async () => {
    const { page, faults } = await newTab(browser, world.url);
    const operation = { persona: "portal", query: "query Whose { whoseName: __typename }", variables: {} };
    await page.goto(world.url + playgroundLink(operation));
    await page.locator(".graphiql-query-editor").getByText("whoseName").first().waitFor();
    expect(await page.getByRole("combobox", { name: "Vai" }).inputValue()).toBe("portal");
    await page.getByRole("button", { name: /execute/i }).click();
    await page.locator(".result-window .view-lines").getByText('"Query"').first().waitFor();
    expect(faults).toEqual([]);
  });

  test("the playground in Chromium carries a submitted dossier to the next tab", async () => {
    const { page } = await openTab(browser, world.url);
    const answered = page.waitForResponse((response) => response.url().endsWith("/graphql"));
    await page.getByRole("button", { name: /execute/i }).click();
    const { data } = (await (await answered).json()) as { data: { submitBirthBundle: { dossier: { code: string } } } };
    const { code } = data.submitBirthBundle.dossier;
    await page.getByRole("button", { name: "Dossier", exact: true }).click();
    await page.locator(".graphiql-editor-tool .view-lines").getByText(code).first().waitFor();
  });

  test.each(["light", "dark"] as const)(
    "the playground in Chromium follows the %s colour scheme and uses its own font for Vietnamese",
    async (scheme) => {
      const { page, faults } = await openTab(browser, world.url, scheme);
      const fonts = `document.fonts.load("16px 'Fira Code'", "Đăng ký thường trú").then((found) => found.length)`;
      expect(await page.evaluate<number>(fonts)).toBe(2); // latin and vietnamese
      const ground = `getComputedStyle(document.querySelector(".graphiql-container")).backgroundColor`;
      const [red] = (await page.evaluate<string>(ground)).match(/\d+/) ?? [];
      expect(Number(red) > 127).toBe(scheme === "light");
      expect(faults).toEqual([]);
    },
  );

  test("the playground in Chromium loads less than a megabyte up to the first keystroke", async () => {
    const { page, faults } = await newTab(browser, world.url);
    const loaded: Promise<number>[] = [];
    page.on("requestfinished", (request) =>
      loaded.push(request.sizes().then(({ responseBodySize }) => responseBodySize)),
    );
    await page.goto(`${world.url}/playground`);
    await page.locator(".graphiql-query-editor .view-line").first().waitFor();
    const sizes = await Promise.all(loaded);
    await page.locator(".graphiql-query-editor .view-lines").click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText("query Typed { __typename }");
    await page.locator(".graphiql-query-editor").getByText("Typed").first().waitFor();
    expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(1_000_000);
    expect(faults).toEqual([]);
  });

  test("the playground in Chromium builds a query by ticking fields", async () => {
    const { page, faults } = await openTab(browser, world.url);
    await page.getByRole("button", { name: "Procedures", exact: true }).click();
    await page.getByRole("button", { name: /query builder/ }).click();
    const fields = page.locator(".docExplorerWrap");
    await fields.getByText("board", { exact: true }).click();
    await fields.getByText("ticketsWaiting", { exact: true }).click();
    const typed = "monaco.editor.getModels().map((each) => each.getValue()).join()";
    await expect.poll(() => page.evaluate(typed), { timeout: 10_000 }).toMatch(/board\([^)]*\) \{\s*ticketsWaiting/);
    expect(faults).toEqual([]);
  });

  test("the playground in Chromium draws a type between its neighbours, and walks on", async () => {
    const { page, faults } = await openTab(browser, world.url);
    await page.getByRole("button", { name: "Lược đồ (schema)" }).click();
    const leadsTo = page.getByRole("list", { name: "Dẫn tới (leads to)" });
    await leadsTo.getByRole("button", { name: "Citizen", exact: true }).click();
    await page.getByRole("list", { name: "Citizen" }).getByText("fullName").waitFor();
    await page.getByRole("button", { name: /Trở lại/ }).click();
    await page.getByRole("list", { name: "Query" }).getByText("citizen", { exact: true }).waitFor();
    expect(faults).toEqual([]);
  });

  test.each(LOOKS)("axe finds nothing in the playground, $colorScheme at $width by $height", async (look) => {
    const open = async (page: Page) => {
      await page.goto(`${world.url}/playground`);
      await page.locator(".graphiql-query-editor .view-line").first().waitFor();
      await page.getByRole("button", { name: "Lược đồ (schema)" }).click();
    };
    expect(await faultsOf(browser, world.url, look, open)).toEqual(NOTHING);
  });

  test("the playground in Chromium shows the schema's descriptions and keeps the history of requests", async () => {
    const { page, faults } = await openTab(browser, world.url);
    await page.getByRole("button", { name: /execute/i }).click();
    await page.getByRole("button", { name: /documentation explorer/i }).click();
    await page.locator(".graphiql-doc-explorer").getByText("Query", { exact: true }).click();
    await page.locator(".graphiql-doc-explorer").getByText("dossier", { exact: true }).waitFor();
    await page.getByRole("button", { name: /history/i }).click();
    await page.locator(".graphiql-history").getByText("SubmitBirthBundle").waitFor();
    expect(faults).toEqual([]);
  });
});

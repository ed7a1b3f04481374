import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aBirthNotice, aBirthRequest, aFamily, dossierThatIs } from "../../given.ts";
import { acknowledged, BIRTH, partOf, shortBackoff } from "../../kit/dossier-outcomes.ts";
import { buildWorld, clerk, contract, type World } from "../../world.ts";
import { newTab, noBrowser, openBrowser } from "../kit/browser-tab.ts";
import { faultsOf, LOOKS, NOTHING } from "../kit/page-rules.ts";

const STATE = "query ($code: ID!) { dossier(code: $code) { parts { id state dueAt claimedBy { id } } } }";

describe.skipIf(noBrowser)(`the officer's screen in Chromium${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    [world, browser] = await Promise.all([buildWorld(shortBackoff), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  async function submitted(): Promise<string> {
    const example = await fetch(`${world.url}/dev/example/submit-dossier`);
    const { variables } = (await example.json()) as { variables: object };
    const { data } = await world.ask(clerk, contract("submit-dossier"), { ...variables });
    return String(data.submitDossier.dossier.code);
  }

  /** Code of a dossier of the next day's child of a couple whose first child is registered. */
  async function aLikeBirth(): Promise<string> {
    const family = aFamily();
    await acknowledged(world, aBirthRequest(family));
    const input = aBirthRequest(family);
    input.child = { ...input.child, dateOfBirth: "2026-11-17", birthNotice: aBirthNotice() };
    const { code } = await acknowledged(world, input);
    await dossierThatIs(world, code, (found) => partOf(found, BIRTH).state === "PROCESSING");
    return code;
  }

  async function firstPart(code: string) {
    const { data } = await world.ask({ persona: "registrar" }, STATE, { code });
    return data.dossier.parts[0];
  }

  async function decidedElsewhere(code: string): Promise<void> {
    const { id } = await firstPart(code);
    const variables = {
      part: id,
      decision: { grant: { facts: { number: "02/2026" } } },
      idempotencyKey: `office-${code}`,
    };
    const { data } = await world.ask({ persona: "registrar" }, contract("decide-part"), variables);
    expect(data.decidePart.problems).toEqual([]);
  }

  async function signIn(page: Page, path = "/office"): Promise<void> {
    await page.goto(world.url + path);
    await page.getByRole("combobox").selectOption("registrar");
    await page.getByRole("button", { name: /Vào làm việc|Begin to work/ }).click();
    await page.locator(".work-items").waitFor();
  }

  /** Finds a dossier's part and opens it, by keys. */
  async function openPart(page: Page, code: string): Promise<void> {
    await page.keyboard.press("/");
    await page.keyboard.type(code);
    await page.keyboard.press("Enter");
    await page.locator(`a:focus[href^="#part/${code}/"]`).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".part-head h2:focus").waitFor();
  }

  test("an officer claims a part by a key, and the list of what the officer has claimed shows it", async () => {
    const [code, { page, faults }] = await Promise.all([submitted(), newTab(browser, world.url)]);
    await signIn(page);
    await openPart(page, code);
    await page.keyboard.press("c");
    await page.getByText(`Đã nhận phần việc của hồ sơ ${code}.`).waitFor();
    expect((await firstPart(code)).claimedBy).toMatchObject({ id: "demo:registrar:31471" });
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Tôi đã nhận" }).click();
    await page.locator(".work-items").getByText(code).waitFor();
    expect(faults).toEqual([]);
  });

  test.each([
    { key: "g", typed: ["number", "01/2026"], state: "GRANTED", said: "Đã giải quyết" },
    { key: "r", typed: ["Không đủ điều kiện", "Điều 3 Nghị định mẫu"], state: "REFUSED", said: "Đã từ chối" },
    {
      key: "s",
      typed: ["Giấy tờ khác", "Bản sao hợp đồng", "Điều 3 Nghị định mẫu"],
      state: "SUPPLEMENT_NEEDED",
      said: "Đã yêu cầu bổ sung",
    },
    { key: "e", typed: ["Cần xác minh", "3"], state: "PROCESSING", said: "Đã gia hạn" },
  ])("the key $key and a form that is filled in without a mouse leave a part $state", async (each) => {
    const [code, { page, faults }] = await Promise.all([submitted(), newTab(browser, world.url)]);
    const before = await firstPart(code);
    await signIn(page);
    await openPart(page, code);
    await page.keyboard.press(each.key);
    for (const [at, text] of each.typed.entries()) {
      if (at > 0) await page.keyboard.press("Tab");
      await page.keyboard.press("Control+a");
      await page.keyboard.type(text);
    }
    await page.keyboard.press("Control+Enter");
    await page.getByText(new RegExp(`${each.said}.*${code}`)).waitFor();
    const after = await firstPart(code);
    expect(after.state).toBe(each.state);
    expect(after.dueAt > before.dueAt).toBe(each.key === "e");
    expect(faults).toEqual([]);
  });

  test("changes arrive by themselves, and the row that the officer has in hand does not move under them", async () => {
    const [code, { page, faults }] = await Promise.all([submitted(), newTab(browser, world.url)]);
    await signIn(page);
    const rowOf = (of: string) => page.locator(`a[href^="#part/${of}/"]`);
    await rowOf(code).focus();
    await page.keyboard.press("Enter");
    await page.locator(".part-head h2:focus").waitFor();
    await page.keyboard.press("r");
    await page.locator("form.decision textarea:focus").waitFor();
    const place = await rowOf(code).boundingBox();
    const later = await submitted();
    await rowOf(later).waitFor();
    world.demo.setClockOffsetMs(-20 * 86_400_000);
    const earlier = await submitted();
    world.demo.setClockOffsetMs(0);
    await page.getByRole("button", { name: "Xem 1 việc mới có hạn sớm hơn" }).waitFor();
    expect(await rowOf(earlier).count()).toBe(0);
    await page.keyboard.type("Đang viết lý do");
    await decidedElsewhere(code);
    await rowOf(code).getByText("không còn trong danh sách này").waitFor();
    await page.getByText(`Phần việc của hồ sơ ${code} không còn chờ giải quyết.`).waitFor();
    expect(await page.locator("form.decision textarea:focus").inputValue()).toBe("Đang viết lý do");
    expect(await rowOf(code).boundingBox()).toEqual(place);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.keyboard.press("u");
    await rowOf(earlier).waitFor();
    expect(await rowOf(code).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test("both sides of a suspected duplicate are shown with the differences marked, and a grant needs the tick that they were compared", async () => {
    const [code, { page, faults }] = await Promise.all([aLikeBirth(), newTab(browser, world.url)]);
    await signIn(page);
    await openPart(page, code);
    const row = page.getByRole("row", { name: /17\/11\/2026/ });
    expect(await row.locator("mark").allTextContents()).toEqual(["17/11/2026", "16/11/2026"]);
    await page.keyboard.press("g");
    await page.keyboard.press("Control+Enter");
    expect((await firstPart(code)).state).toBe("PROCESSING");
    await page.keyboard.press("Space");
    await page.keyboard.press("Control+Enter");
    await page.getByText(`Đã giải quyết phần việc của hồ sơ ${code}.`).waitFor();
    expect((await firstPart(code)).state).toBe("GRANTED");
    expect(faults).toEqual([]);
  });

  test("the question mark lists the shortcuts, and single keys that are turned off there do nothing", async () => {
    const [code, { page, faults }] = await Promise.all([submitted(), newTab(browser, world.url)]);
    await signIn(page);
    await openPart(page, code);
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Phím tắt" });
    await dialog.getByRole("checkbox").uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    expect(await page.locator("form.decision").count()).toBe(0);
    await page.getByRole("button", { name: "Giải quyết" }).click();
    await page.locator("form.decision").waitFor();
    expect(faults).toEqual([]);
  });

  describe.each(LOOKS)("in $colorScheme at $width by $height", (look) => {
    test.each(["/office", "/office?lang=en"])(
      "the officer's screen %s breaks no rule of WCAG 2.2 AA, keeps its policy and is no wider than the window",
      async (path) => {
        const code = await aLikeBirth();
        const open = async (page: Page) => {
          await signIn(page, path);
          await openPart(page, code);
          await page.keyboard.press("g");
          await page.locator("form.decision").waitFor();
        };
        expect(await faultsOf(browser, world.url, look, open)).toEqual(NOTHING);
        expect(await faultsOf(browser, world.url, look, (page) => signIn(page, path))).toEqual(NOTHING);
      },
    );
  });
});

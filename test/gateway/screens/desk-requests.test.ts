import { readFileSync } from "node:fs";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aPdf } from "../../kit/attachment-requests.ts";
import { shortBackoff } from "../../kit/dossier-outcomes.ts";
import { buildWorld, clerk, contract, type World } from "../../world.ts";
import { newTab, noBrowser, openBrowser } from "../kit/browser-tab.ts";
import { birthInput, fillBirth, signInAtDesk } from "../kit/desk-form.ts";
import { faultsOf, LOOKS, NOTHING } from "../kit/page-rules.ts";

describe.skipIf(noBrowser)(`requests at the clerk's screen in Chromium${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    [world, browser] = await Promise.all([buildWorld(shortBackoff), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  /** A tab with an empty form of a 3-in-1. */
  async function openForm(): Promise<{ page: Page; faults: string[] }> {
    const tab = await newTab(browser, world.url);
    await signInAtDesk(tab.page, world.url);
    await tab.page.getByRole("link", { name: "Tiếp nhận" }).click();
    await tab.page.getByRole("button", { name: /3 trong 1/ }).click();
    return tab;
  }

  const receive = (page: Page) => page.getByRole("button", { name: "Tiếp nhận hồ sơ" }).click();
  const state = (page: Page): Locator => page.locator(".dossier-head .badge");

  test("a 3-in-1 is checked while it is typed, received, followed until its end, and its receipt is printed", async () => {
    const { page, faults } = await openForm();
    await fillBirth(page, await birthInput(world.url), { notice: "1234" });
    const notice = page.getByLabel("Số giấy chứng sinh");
    await page.locator('[aria-invalid="true"]').first().waitFor();
    expect(await notice.getAttribute("aria-invalid")).toBe("true");
    await notice.fill((await birthInput(world.url)).child.birthNotice);
    await page.getByText("Các cơ quan đều nhận").waitFor();
    await receive(page);
    await state(page).getByText("Đã giải quyết xong").waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: /^Giấy tiếp nhận/ }).click();
    expect(
      readFileSync(await (await download).path())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    await page.getByLabel("Người nhận").fill("Lê Thị Thử Nghiệm");
    await page.getByRole("button", { name: "Xác nhận đã trả" }).click();
    await state(page).getByText("Đã trả kết quả").waitFor();
    expect(faults).toEqual([]);
  }, 120_000);

  test("papers that an agency asks for are recorded at the desk, and a dossier under way is withdrawn", async () => {
    const { page, faults } = await newTab(browser, world.url);
    await signInAtDesk(page, world.url);
    world.demo.setFaultMode("HEALTH_INSURANCE", "ASKS_FOR_PAPERS");
    await page.goto(`${world.url}/desk#dossier/${await submittedBirth()}`);
    await page.getByRole("button", { name: "Ghi nhận bổ sung" }).waitFor();
    world.demo.setFaultMode("HEALTH_INSURANCE", "UP");
    const buffer = aPdf();
    await page.getByLabel(/^Chọn tệp/).setInputFiles({ name: "bổ sung.pdf", mimeType: "application/pdf", buffer });
    await page.getByText("đã gửi lên cổng").waitFor();
    await page.getByRole("button", { name: "Ghi nhận bổ sung" }).click();
    await state(page)
      .getByText(/Đã giải quyết xong|Đã trả kết quả/)
      .waitFor();
    expect(await world.sql("one-stop")`select 1 from dossier_attachments`).toHaveLength(1);
    world.demo.setFaultMode("RESIDENCE", "DOWN");
    await page.goto(`${world.url}/desk#dossier/${await submittedBirth()}`);
    await page.locator("summary", { hasText: "Rút hồ sơ" }).click();
    await page.getByLabel("Lý do").fill("Gia đình thay đổi nơi ở");
    await page.getByRole("button", { name: "Rút hồ sơ này" }).click();
    world.demo.setFaultMode("RESIDENCE", "UP");
    await page.locator(".dossier-actions form").waitFor({ state: "detached" });
    expect(faults).toEqual([]);
  });

  test("a request for one procedure has the procedure's own form", async () => {
    const { page } = await newTab(browser, world.url);
    await signInAtDesk(page, world.url);
    await page.getByRole("link", { name: "Tiếp nhận" }).click();
    await page.getByRole("combobox").fill("1.004837");
    await page.getByRole("option", { name: /1\.004837/ }).click();
    await page.getByLabel("Nội dung đề nghị").fill("Đề nghị đăng ký giám hộ");
    await receive(page);
    expect(await page.getByLabel("Mục đích").getAttribute("aria-invalid")).toBe("true");
    await page.getByLabel("Mục đích").fill("Để hoàn thiện hồ sơ");
    await page.getByLabel(/Họ, chữ đệm/).fill("Lê Thị Thử Nghiệm");
    await receive(page);
    await state(page).waitFor();
  });

  test("an amount that is no whole number is marked at its field", async () => {
    const { page } = await newTab(browser, world.url);
    await signInAtDesk(page, world.url);
    await page.getByRole("link", { name: "Tiếp nhận" }).click();
    await page.getByRole("button", { name: "Bắt đầu kinh doanh" }).click();
    const capital = page.getByLabel(/^Vốn kinh doanh/);
    const isMarked = () => capital.getAttribute("aria-invalid");
    for (const [typed, marked] of [
      ["1,5", "true"] as const,
      ["50.000.000", null] as const,
      ["năm mươi", "true"] as const,
    ]) {
      await capital.fill(typed);
      await capital.blur();
      await expect.poll(isMarked).toBe(marked);
    }
  });

  async function submittedBirth(): Promise<string> {
    const variables = { input: await birthInput(world.url), idempotencyKey: `desk-${performance.now()}`, waitMs: 0 };
    const { data } = await world.ask(clerk, contract("submit-birth-bundle"), variables);
    return String(data.submitBirthBundle.dossier.code);
  }

  test.each(LOOKS)(
    "the form of a 3-in-1 breaks no rule of WCAG 2.2 AA in $colorScheme at $width by $height",
    async (look) => {
      const open = async (page: Page) => {
        await signInAtDesk(page, world.url);
        await page.getByRole("link", { name: "Tiếp nhận" }).click();
        await page.getByRole("button", { name: /3 trong 1/ }).click();
        await page.getByRole("checkbox", { name: "Mẹ", exact: true }).check();
        await receive(page);
        await page.locator('[aria-invalid="true"]').first().waitFor();
      };
      expect(await faultsOf(browser, world.url, look, open)).toEqual(NOTHING);
    },
  );
});

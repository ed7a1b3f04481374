import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { procedureForm } from "../../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aBirthRequest } from "../../given.ts";
import { aPdf } from "../../kit/attachment-requests.ts";
import { acknowledged, shortBackoff } from "../../kit/dossier-outcomes.ts";
import { SOMEBODY } from "../../kit/single-dossiers.ts";
import { buildWorld, type World } from "../../world.ts";
import { newTab, noBrowser, openBrowser } from "../kit/browser-tab.ts";
import { signInAtDesk } from "../kit/desk-form.ts";
import { putRecord } from "../kit/desk-records.ts";
import { faultsOf, LOOKS, NOTHING } from "../kit/page-rules.ts";

/** A certificate of marital status, which asks for one paper, the declaration. */
const PROCEDURE = "1.004873";
const LIMIT_BYTES = 100_000;
const CHOOSE = /^(Chọn tệp|Choose files)/;
/** Number of files that the browser keeps. */
const NUMBER_OF_FILES = `new Promise((resolve) => {
  const opening = indexedDB.open("motcua-desk");
  opening.onsuccess = () => {
    const counting = opening.result.transaction("files").objectStore("files").count();
    counting.onsuccess = () => resolve(opening.result.close() ?? counting.result);
  };
})`;

/** Makes the kept files old, and adds one that no form names. */
const AGED = `new Promise((resolve) => {
  const opening = indexedDB.open("motcua-desk");
  opening.onsuccess = () => {
    const files = opening.result.transaction("files", "readwrite").objectStore("files");
    const reading = files.getAll();
    reading.onsuccess = () => {
      for (const file of [...reading.result, { ...reading.result[0], id: "unnamed" }])
        files.put({ ...file, keptAt: 0 }, file.owner + " " + file.id);
    };
    files.transaction.oncomplete = () => resolve(opening.result.close());
  };
})`;
/** Removes the kept files, as a person does who clears the browser's data. */
const CLEARED = `new Promise((resolve) => {
  const opening = indexedDB.open("motcua-desk");
  opening.onsuccess = () => {
    const { transaction } = opening.result.transaction("files", "readwrite").objectStore("files").clear();
    transaction.oncomplete = () => resolve(opening.result.close());
  };
})`;

describe.skipIf(noBrowser)(`files of papers at the desk in Chromium${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    const atGateway = { ATTACHMENT_LIMIT_BYTES: String(LIMIT_BYTES) };
    [world, browser] = await Promise.all([buildWorld(shortBackoff, atGateway), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  /** Opens a form in which all but the papers is filled in. */
  async function openForm(page: Page): Promise<void> {
    await signInAtDesk(page, world.url);
    await page.getByRole("link", { name: "Hàng chờ gửi" }).click();
    await page.getByText("Còn 12 mã giữ trước").waitFor(); // what the desk does when it opens is done
    const declarant = { ...SOMEBODY, phone: "0912345678" };
    const content = { declarant, form: procedureForm(PROCEDURE).example };
    const draft = { id: "paper", kind: { procedure: PROCEDURE }, name: "Xác nhận tình trạng hôn nhân", content };
    await putRecord(page, "drafts", "paper", draft);
    await page.goto(`${world.url}/desk#form/paper`);
    await page.getByLabel(CHOOSE).waitFor();
  }

  const receive = (page: Page) => page.getByRole("button", { name: "Tiếp nhận hồ sơ" }).click();
  const choose = (page: Page, name: string, buffer: Buffer) =>
    page.getByLabel(CHOOSE).setInputFiles({ name, mimeType: "application/pdf", buffer });
  const idOf = (content: Buffer) => `sha256:${createHash("sha256").update(content).digest("hex")}`;

  async function dossiersWith(content: Buffer): Promise<number> {
    const [row] = await world.sql("one-stop")<{ count: number }[]>`
      select count(*)::int as count from dossier_attachments where attachment = ${idOf(content)}`;
    return row?.count ?? 0;
  }

  test("files that are chosen by keys are uploaded at once, belong to the dossier, and leave the browser with its acceptance", async () => {
    const { page, faults } = await newTab(browser, world.url);
    await openForm(page);
    const contents = [aPdf(), aPdf()];
    const chooser = page.waitForEvent("filechooser");
    await page.getByLabel(/^Tờ khai/).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const files = contents.map((buffer, at) => ({ name: `to-khai-${at}.pdf`, mimeType: "application/pdf", buffer }));
    await (await chooser).setFiles(files);
    await expect.poll(() => page.getByText("đã gửi lên cổng").count()).toBe(2);
    expect(await page.getByLabel(/^Tờ khai/).inputValue()).toBe("SCAN");
    expect(await page.evaluate(NUMBER_OF_FILES)).toBe(2);
    await receive(page);
    await page.locator(".dossier-head .badge").waitFor();
    expect(await Promise.all(contents.map(dossiersWith))).toEqual([1, 1]);
    expect(await page.evaluate(NUMBER_OF_FILES)).toBe(0);
    expect(faults).toEqual([]);
  });

  test("a file that the gateway refuses is told at its paper in both languages and stops the submission until it is removed", async () => {
    const { page } = await newTab(browser, world.url);
    await openForm(page);
    await choose(page, "thư.txt", Buffer.from("no paper"));
    await page.locator(".paper").getByText("Tệp không phải PDF").waitFor();
    await receive(page);
    expect(await page.getByLabel(/^Tờ khai/).getAttribute("aria-invalid")).toBe("true");
    await page.getByRole("button", { name: "Bỏ: thư.txt (1 kB)" }).click();
    await choose(page, "lớn.pdf", aPdf(2 * LIMIT_BYTES));
    await page.locator(".paper").getByText("Tệp lớn hơn 0,1 MB").waitFor();
    const proxy = { status: 413, contentType: "text/html", body: "<h1>Request Entity Too Large</h1>" };
    await page.route("**/attachments", (route) => route.fulfill(proxy), { times: 1 });
    await choose(page, "proxy.pdf", aPdf());
    await page.locator(".paper").getByText("Tệp quá lớn").waitFor();
    await page.goto(`${world.url}/desk?lang=en#form/paper`);
    await choose(page, "long.pdf", aPdf(2 * LIMIT_BYTES));
    await page.locator(".paper").getByText("The file is longer than 0.1 MB").waitFor();
  });

  test("a file that is chosen while the line is down waits beside its request and is sent before it", async () => {
    const { page } = await newTab(browser, world.url);
    await openForm(page);
    const context = page.context();
    await page.evaluate("navigator.serviceWorker.ready");
    await context.setOffline(true);
    await page.getByText("Mất đường truyền").first().waitFor();
    const content = aPdf();
    await choose(page, "to-khai.pdf", content);
    await page.locator(".file").getByText("giữ tại máy này").waitFor();
    await receive(page);
    await page.locator(".taken li").getByText("kèm 1 tệp").waitFor();
    await page.close();

    const last = await context.newPage();
    await last.goto(`${world.url}/desk#outbox`);
    await last.locator(".taken li").getByText("chờ gửi").waitFor();
    const sent: string[] = [];
    last.on("request", (request) => {
      if (request.url().endsWith("/attachments")) sent.push("file");
      if (request.postData()?.includes("SubmitBatch")) sent.push("request");
    });
    await last.route("**/attachments", (route) => route.abort(), { times: 1 }); // the line drops again
    await context.setOffline(false);
    await last
      .locator(".taken li")
      .getByText(/đã vào sổ|cần sửa/)
      .waitFor();
    expect(await last.locator(".taken li").textContent()).toContain("đã vào sổ");
    expect(sent).toEqual(["file", "file", "request"]);
    expect(await dossiersWith(content)).toBe(1);
  });

  test("a file of a supplement that is chosen while the line is down stays until it is sent; a refused and a lost one are told", async () => {
    const { page } = await newTab(browser, world.url);
    await signInAtDesk(page, world.url);
    world.demo.setFaultMode("HEALTH_INSURANCE", "ASKS_FOR_PAPERS");
    await page.goto(`${world.url}/desk#dossier/${(await acknowledged(world, aBirthRequest())).code}`);
    const record = page.getByRole("button", { name: "Ghi nhận bổ sung" });
    await record.waitFor();
    world.demo.setFaultMode("HEALTH_INSURANCE", "UP");
    await chooseWithoutLine(page, "lớn.pdf", aPdf(2 * LIMIT_BYTES), AGED);
    await expect.poll(() => page.evaluate(NUMBER_OF_FILES)).toBe(1);
    await record.click();
    await page.getByRole("alert").getByText("Tệp lớn hơn 0,1 MB").waitFor();
    await page.getByRole("button", { name: /^Bỏ: lớn/ }).click();
    const content = aPdf();
    await chooseWithoutLine(page, "mất.pdf", content, CLEARED);
    await record.click();
    await page.getByRole("alert").getByText("Có tệp không còn trên máy này").waitFor();
    await page.getByRole("button", { name: /^Bỏ: mất/ }).click();
    await choose(page, "bổ sung.pdf", content);
    await page.getByText("đã gửi lên cổng").waitFor();
    await record.click();
    await expect.poll(() => dossiersWith(content)).toBe(1);
  });

  /** Chooses a file without a line, and changes what the browser keeps before the line is back. */
  async function chooseWithoutLine(page: Page, name: string, content: Buffer, change: string): Promise<void> {
    await page.context().setOffline(true);
    await page.getByText("Mất đường truyền").first().waitFor();
    await choose(page, name, content);
    await page.locator(".file").getByText("giữ tại máy này").waitFor();
    await page.evaluate(change);
    await page.context().setOffline(false);
    await page.getByText("Có đường truyền").waitFor();
  }

  test("a file that was removed at the gateway since its upload is uploaded again when its request comes back", async () => {
    const { page } = await newTab(browser, world.url);
    await openForm(page);
    const content = aPdf();
    await choose(page, "to-khai.pdf", content);
    await page.getByText("đã gửi lên cổng").waitFor();
    rmSync(join(world.data, "attachments", idOf(content).replace("sha256:", "")));
    await receive(page);
    await page.locator(".problems").getByText("Tệp đính kèm không có trên hệ thống").waitFor();
    await page.getByText("đã gửi lên cổng").waitFor();
    await receive(page);
    await page.locator(".dossier-head .badge").waitFor();
    expect(await dossiersWith(content)).toBe(1);
  });

  test.each(LOOKS)(
    "a form with files breaks no rule of WCAG 2.2 AA in $colorScheme at $width by $height",
    async (look) => {
      const open = async (page: Page) => {
        await openForm(page);
        await choose(page, "to-khai-ban-quet-tu-may-quet-cua-quay-so-3.pdf", aPdf());
        await page.getByText("đã gửi lên cổng").waitFor();
        await choose(page, "thư.txt", Buffer.from("no paper"));
        await page.getByText("Tệp không phải PDF").waitFor();
      };
      expect(await faultsOf(browser, world.url, look, open)).toEqual(NOTHING);
    },
  );
});

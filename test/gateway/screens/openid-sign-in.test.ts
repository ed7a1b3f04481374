import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayConfiguration } from "../../../gateway/configuration.ts";
import { type RunningGateway, serveGateway } from "../../../gateway/server.ts";
import { environmentName, subgraphs } from "../../../subgraphs/agency-registry.ts";
import { shortBackoff } from "../../kit/dossier-outcomes.ts";
import { buildWorld, type World } from "../../world.ts";
import { newTab, noBrowser, openBrowser, type Tab } from "../kit/browser-tab.ts";
import { fillGuardianship } from "../kit/desk-form.ts";
import { type OpenidProvider, openidProvider } from "../kit/openid-provider.ts";
import { faultsOf, LOOKS, NOTHING } from "../kit/page-rules.ts";

/** Makes the access token of a tab one that the gateway refuses. */
const SPOILT = `sessionStorage.setItem("motcua-tokens",
  sessionStorage.getItem("motcua-tokens").replace(/"accessToken":"[^"]*/, "$&-spoilt"))`;

describe.skipIf(noBrowser)(`sign-in at an issuer in Chromium${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  let world: World;
  let provider: OpenidProvider;
  let gateway: RunningGateway;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    [world, provider, browser] = await Promise.all([buildWorld(shortBackoff), openidProvider(), openBrowser()]);
    const { ports } = world.agencies;
    const addresses = subgraphs.map(({ name }) => [
      `SUBGRAPH_URL_${environmentName(name)}`,
      `http://127.0.0.1:${ports[name]}/graphql`,
    ]);
    gateway = await serveGateway(
      gatewayConfiguration({
        ...{ PORT: "0", MOTCUA_DATA: world.data, LOG_LEVEL: "fatal", PLAYGROUND: "off" },
        ...Object.fromEntries(addresses),
        ...provider.variables,
      }),
    );
    url = `http://127.0.0.1:${gateway.port}`;
    await provider.register(url);
  });
  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
    await provider?.close();
    await world?.close();
  });

  /** A tab of a new browser profile. The provider's demo pages ask for a font, which they do not need. */
  async function openTab(path: string): Promise<Tab> {
    const tab = await newTab(browser, url, { issuer: provider.issuer });
    const font = { contentType: "text/css", body: "" };
    await tab.page.context().route(/googleapis/, (route) => route.fulfill(font));
    await tab.page.route(/googleapis/, (route) => route.fulfill(font));
    tab.page.setDefaultTimeout(15_000);
    await tab.page.goto(url + path);
    return tab;
  }

  const begin = (page: Page) => page.getByRole("button", { name: /Đăng nhập qua|Sign in at/ }).click();

  async function giveName(page: Page, account: string): Promise<void> {
    await page.getByPlaceholder("Enter any login").fill(account);
    await page.getByPlaceholder("and password").fill("any");
    await page.getByRole("button", { name: "Sign-in" }).click();
  }

  const consent = (page: Page) => page.getByRole("button", { name: "Continue" }).click();

  async function signIn(page: Page, account = "clerk@31471"): Promise<void> {
    await begin(page);
    await giveName(page, account);
    await consent(page);
  }

  /** The desk of a signed-in clerk. */
  const desk = (page: Page) => page.getByText("Phường Long Mỹ").first().waitFor();
  const other = (page: Page) => page.getByText("Phường Long Phú 1").first().waitFor();
  const panel = (page: Page) => page.getByRole("button", { name: /Đăng nhập qua/ }).waitFor();
  const said = (page: Page, text: string) => page.getByRole("alert").getByText(text).waitFor();

  async function refreshToken(page: Page): Promise<string> {
    const kept = String(await page.evaluate("sessionStorage.getItem('motcua-tokens')"));
    return (JSON.parse(kept) as { refreshToken: string }).refreshToken;
  }

  test("the pages may ask the issuer and no other host, and the front page leads to them without a script", async () => {
    const page = await fetch(`${url}/desk`);
    expect(page.headers.get("content-security-policy")).toContain(`; connect-src 'self' ${provider.issuer}`);
    const front = await fetch(`${url}/`, { headers: { accept: "text/html" } });
    expect(front.headers.get("content-security-policy")).not.toContain("connect-src");
    const text = await front.text();
    expect(text).toContain('href="/desk');
    expect(text).not.toContain("<script");
  });

  test("a clerk who refuses consent is told the remedy, signs in for all tabs, works on where the issuer is away, and signs out in all of them and at the issuer", async () => {
    const { page, faults } = await openTab("/desk?lang=en");
    await begin(page);
    await giveName(page, "clerk@31471");
    await page.getByRole("link", { name: "Cancel" }).click();
    await said(page, "Sign in again and give your consent");
    expect(page.url()).toBe(`${url}/desk?lang=en`);
    await begin(page);
    await consent(page);
    await desk(page);
    expect(page.url()).toBe(`${url}/desk?lang=en`);
    const second = await page.context().newPage();
    await second.goto(`${url}/desk#receive`);
    await second.getByRole("button", { name: /3 trong 1/ }).waitFor();
    const third = await page.context().newPage();
    await third.route(`${provider.issuer}/**`, (route) => route.abort());
    await third.goto(`${url}/desk#receive`);
    await said(third, "Phiên đăng nhập đã hết hạn");
    await third.getByRole("link", { name: "Tiếp nhận" }).waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Yes, sign me out" }).click();
    await panel(page);
    await panel(second);
    await panel(third);
    await begin(second);
    await second.getByPlaceholder("Enter any login").waitFor();
    expect(faults).toEqual([]);
  });

  test("an expired token is replaced unnoticed, even where the issuer was busy before; when that is over, the clerk signs in again in a window and submits what was typed", async () => {
    provider.issueFor(1);
    const { page, faults } = await openTab("/desk");
    await signIn(page);
    await desk(page);
    const first = await refreshToken(page);
    await refuseOnce(page);
    const afterReload = () => page.reload().then(() => desk(page).then(() => refreshToken(page)));
    await expect.poll(afterReload, { timeout: 15_000 }).not.toBe(first);
    await provider.revoke(await refreshToken(page));
    await fillGuardianship(page);
    await page.waitForTimeout(500); // half of the token's life
    await page.getByLabel("Số định danh cá nhân").fill("093195000017");
    await page.getByRole("link", { name: "Đăng nhập lại" }).waitFor();
    provider.issueFor(300);
    await page.context().clearCookies();
    await inWindow(page, (window) => giveNameAndConsent(window, "clerk@31480"));
    await said(page, "không phải là người đang làm việc trên trang này (clerk@31471)");
    await inWindow(page, (window) => giveNameAndConsent(window, "clerk@31471"));
    await page.locator(".sign-in-again").waitFor({ state: "detached" });
    expect(await page.getByLabel("Mục đích").inputValue()).toBe("Để hoàn thiện hồ sơ");
    await page.getByRole("button", { name: "Tiếp nhận hồ sơ" }).click();
    await page.locator(".dossier-head .badge").waitFor();
    await page.evaluate(SPOILT);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: /^Giấy tiếp nhận/ }).click();
    await download;
    expect(faults.filter((each) => !/status of (40[01]|503)/.test(each))).toEqual([]); // the browser notes refused requests
  });

  /** Reloads the page when its token has ended, with an issuer that is busy for one request. */
  async function refuseOnce(page: Page): Promise<void> {
    const refused = page.waitForResponse((response) => response.status() === 503);
    const headers = { "access-control-allow-origin": "*" };
    const busy = { status: 503, headers, json: { error: "temporarily_unavailable" } };
    await page.route(`${provider.issuer}/token`, (route) => route.fulfill(busy), { times: 1 });
    await page.waitForTimeout(500); // half of the token's life
    await page.reload();
    await refused;
  }

  async function giveNameAndConsent(page: Page, account: string): Promise<void> {
    await giveName(page, account);
    await consent(page);
  }

  /** Signs in again in the window that the page opens for it, which closes itself. */
  async function inWindow(page: Page, act: (window: Page) => Promise<void>): Promise<void> {
    const opened = page.waitForEvent("popup");
    await page.getByRole("link", { name: "Đăng nhập lại" }).click();
    const window = await opened;
    const closed = window.waitForEvent("close");
    await act(window);
    await closed;
  }

  test("a response with a wrong state is not accepted and ends no session", async () => {
    const { page, faults } = await openTab("/desk");
    const response = await page.goto(`${url}/desk?code=stolen&state=wrong`);
    expect(response?.headers()["cache-control"]).toBe("no-store");
    await said(page, "không ứng với lần đăng nhập nào");
    await begin(page);
    await page.getByPlaceholder("Enter any login").waitFor();
    await page.goto(`${url}/desk?code=stolen&state=wrong`);
    await said(page, "không ứng với lần đăng nhập nào");
    expect(page.url()).toBe(`${url}/desk`);
    await signIn(page);
    await desk(page);
    await page.goto(`${url}/desk?error=access_denied&state=wrong`);
    await said(page, "không ứng với lần đăng nhập nào");
    await page.reload();
    await desk(page);
    expect(faults).toEqual([]);
  });

  test("the portal is shown to an account with its role", async () => {
    const { page, faults } = await openTab("/portal");
    await signIn(page, "portal@93");
    await page.getByText(/^Trực tiếp/).waitFor();
    expect(faults).toEqual([]);
  });

  test("the portal asks its person to sign in again where the issuer gives no refresh token, and replaces a refused token where it does", async () => {
    provider.issueFor(2);
    provider.issueRefreshTokens(false);
    const { page } = await openTab("/portal");
    await signIn(page, "portal@93");
    await page.getByText(/^Trực tiếp/).waitFor();
    await page.waitForTimeout(1_000); // half of the token's life
    await page.getByRole("button", { name: /Đã rút/ }).click();
    await page.getByRole("link", { name: "Đăng nhập lại" }).waitFor();
    provider.issueFor(300);
    provider.issueRefreshTokens(true);
    await inWindow(page, async () => {}); // the issuer remembers the person
    await page.locator(".sign-in-again").waitFor({ state: "detached" });
    await page.evaluate(SPOILT);
    await page.getByRole("button", { name: /Đã rút/ }).click();
    await expect.poll(() => page.evaluate("sessionStorage.getItem('motcua-tokens').includes('-spoilt')")).toBe(false);
  });

  test("a tab keeps its clerk while another clerk works in a second one, and signs out that clerk alone", async () => {
    const { page } = await openTab("/desk");
    await signIn(page);
    await desk(page);
    await page.context().clearCookies();
    const second = await page.context().newPage();
    await second.goto(`${url}/desk`);
    await giveNameAndConsent(second, "clerk@31480");
    await other(second);
    await page.reload();
    await desk(page);
    await page.getByRole("button", { name: "Đăng xuất" }).click();
    await page.waitForURL(`${provider.issuer}/**`);
    await second.reload();
    await other(second);
  });

  test("an account without a role for the page, and an issuer that cannot be reached, are told with the remedy", async () => {
    const { page } = await openTab("/office");
    await signIn(page);
    await said(page, "Hãy đăng nhập bằng tài khoản khác");
    await begin(page);
    await page.getByPlaceholder("Enter any login").waitFor();
    await page.route(`${provider.issuer}/**`, (route) => route.abort());
    await page.goto(`${url}/board`);
    await begin(page);
    await said(page, "Không kết nối được với 127.0.0.1");
  });

  test.each(LOOKS)(
    "the sign-in at an issuer breaks no rule of WCAG 2.2 AA in $colorScheme at $width by $height",
    async (look) => {
      const open = async (page: Page) => {
        await page.goto(`${url}/desk?code=none&state=wrong`);
        await said(page, "Hãy đăng nhập lại từ đầu");
      };
      expect(await faultsOf(browser, url, look, open)).toEqual(NOTHING);
    },
  );
});

import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";
/** Reason why browser tests are skipped, for their names; undefined when a browser is installed. */
export const noBrowser = existsSync(CHROMIUM) ? undefined : `skipped without ${CHROMIUM}`;

export type Tab = {
  page: Page;
  /** Violations of the page's content security policy, uncaught errors, and requests to other hosts than the gateway. */
  faults: string[];
};

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
}

type Look = {
  colorScheme?: "light" | "dark";
  width?: number;
  height?: number;
  javaScriptEnabled?: boolean;
  /** Another origin that the page may ask. */
  issuer?: string;
};

/** An empty tab in a new browser profile. Requests to other hosts than the gateway are refused, as on many office networks. */
export async function newTab(
  browser: Browser,
  url: string,
  { colorScheme = "light", width = 1_400, height = 900, javaScriptEnabled = true, issuer = url }: Look = {},
): Promise<Tab> {
  const context = await browser.newContext({ colorScheme, javaScriptEnabled, viewport: { width, height } });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.route("**", (route) => {
    const asked = route.request().url();
    if (asked.startsWith(`${url}/`) || asked.startsWith(`${issuer}/`)) return route.continue();
    faults.push(`asks ${asked}`);
    return route.abort();
  });
  await page.addInitScript(
    `addEventListener("securitypolicyviolation", ({ violatedDirective }) => console.error("breaks", violatedDirective))`,
  );
  return { page, faults };
}

/** A tab with the playground, which has read the schema. */
export async function openTab(browser: Browser, url: string, colorScheme: "light" | "dark" = "light"): Promise<Tab> {
  const tab = await newTab(browser, url, { colorScheme });
  const schema = tab.page.waitForResponse((response) => response.url() === `${url}/graphql`);
  await tab.page.goto(`${url}/playground`);
  await tab.page.locator(".graphiql-query-editor .view-line").first().waitFor();
  await schema;
  return tab;
}

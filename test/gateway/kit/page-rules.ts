import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { newTab } from "./browser-tab.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Window and colour scheme in which a page is looked at. */
export type Look = { colorScheme: "light" | "dark"; width: number; height: number };

const DESK = { width: 1_440, height: 900 };
const PHONE = { width: 390, height: 844 };
const SHORT: Look[] = [
  { colorScheme: "light", ...DESK },
  { colorScheme: "dark", ...PHONE },
];
const REST: Look[] = [
  { colorScheme: "dark", ...DESK },
  { colorScheme: "light", ...PHONE },
];

/** Both windows and both colour schemes, each once; `LOOKS=all` for every pair. */
export const LOOKS = process.env.LOOKS === "all" ? [...SHORT, ...REST] : SHORT;

/** Faults of a page; `overflow`: pixels by which it is wider than the window. */
export type PageFaults = { faults: string[]; violations: string[]; overflow: number };
export const NOTHING: PageFaults = { faults: [], violations: [], overflow: 0 };

/** Faults of the page that `open` opens: of its policy, of WCAG 2.2 AA as axe finds them, and of its width. */
export async function faultsOf(
  browser: Browser,
  url: string,
  look: Look,
  open: (page: Page) => Promise<unknown>,
): Promise<PageFaults> {
  const { page, faults } = await newTab(browser, url, look);
  await open(page);
  await page.waitForLoadState(); // what was awaited can stand there before the style sheet has arrived
  const overflow = Number(await page.evaluate("document.documentElement.scrollWidth - innerWidth"));
  const found = { faults, violations: await violations(page), overflow };
  await page.context().close(); // with its subscriptions, of which a caller may have a few at once
  return found;
}

/** Violations that axe finds on the page, by rule, with the elements concerned. */
function violations(page: Page): Promise<string[]> {
  return page.evaluate(`${axe.source}; axe.run({ runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" ")))`);
}

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unsubscribeToken } from "../../../subgraphs/one-stop/messages/unsubscribe-token.ts";
import { aDossierFor, aKey, ask } from "../../one-stop/legal-clock/stories.ts";
import { codesOn, otherThan, toldCode, waitingForPapers } from "../../one-stop/supplement-by-code-stories.ts";
import { clerk, sharedWorld } from "../../world.ts";
import { noBrowser, openBrowser } from "../kit/browser-tab.ts";
import { faultsOf, LOOKS, NOTHING } from "../kit/page-rules.ts";

const MARRIAGE = "1.000894";

describe.skipIf(noBrowser)(`the forms of messages in Chromium${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  const world = sharedWorld(codesOn, { ATTACHMENT_LIMIT_BYTES: "2000000" });
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  let made: Promise<{ code: string; told: string; link: string }> | undefined;
  /** A dossier that waits for papers, the answer code of its message, and a link that stops e-mail. */
  const story = () => {
    made ??= (async () => {
      const code = await waitingForPapers(world.current, ["PHOTO"]);
      const told = await toldCode(world.current, code);
      const declarant = { ...aDossierFor(MARRIAGE).declarant, email: "nguoi.nop@example.test" };
      const variables = { input: { ...aDossierFor(MARRIAGE), declarant }, idempotencyKey: aKey() };
      const { dossier } = await ask(world.current, clerk, "submit-dossier", variables);
      const sql = world.current.sql("one-stop");
      const [row] = await sql<{ id: string }[]>`select id from dossiers where code = ${dossier.code}`;
      return { code, told, link: `${world.current.url}/unsubscribe/${await unsubscribeToken(sql, row?.id ?? "")}` };
    })();
    return made;
  };
  const tracked = async (page: Page, query: string) => {
    await page.goto(`${world.current.url}/track/${(await story()).code}${query}`);
    await page.locator("#digits").fill("5678");
    await page.locator("main button").click();
    await page.locator("#answer-code").waitFor();
  };
  const given = async (page: Page, answerCode: string) => {
    await page.locator("#answer-code").fill(answerCode);
    await page.locator("form:has(#answer-code) button").click();
  };

  describe.each(LOOKS)("in $colorScheme at $width by $height", (look) => {
    const faultsAt = (open: (page: Page) => Promise<unknown>) => faultsOf(browser, world.current.url, look, open);

    test.each(["", "?lang=en"])(
      "the form for an answer code%s breaks no rule, before and after a wrong code",
      async (query) => {
        expect(await faultsAt((page) => tracked(page, query))).toEqual(NOTHING);
        const wrong = async (page: Page) => {
          await tracked(page, query);
          await given(page, otherThan((await story()).told));
          await page.locator("#answer-code-fault").waitFor();
        };
        // the console of a browser tells the status 400
        expect(await faultsAt(wrong)).toMatchObject({ violations: [], overflow: 0 });
      },
    );

    test.each(["", "?lang=en"])("the form of the papers%s breaks no rule", async (query) => {
      const open = async (page: Page) => {
        await tracked(page, query);
        await given(page, (await story()).told);
        await page.locator("textarea").waitFor();
      };
      expect(await faultsAt(open)).toEqual(NOTHING);
    });

    test.each(["", "?lang=en"])("the page that stops e-mail%s breaks no rule, before and after", async (query) => {
      expect(await faultsAt(async (page) => page.goto(`${(await story()).link}${query}`))).toEqual(NOTHING);
      const stopped = async (page: Page) => {
        await page.goto(`${(await story()).link}${query}`);
        await page.locator("main button").click();
        await page.locator(".notice").waitFor();
      };
      expect(await faultsAt(stopped)).toEqual(NOTHING);
    });
  });
});

import { expect } from "vitest";
import { shortBackoff } from "../kit/dossier-outcomes.ts";
import { clerk, type World } from "../world.ts";
import { aDossier } from "./feedback/feedback-stories.ts";
import { decide } from "./legal-clock/stories.ts";
import { spooled } from "./messages/spooled-files.ts";

/** A desk whose messages carry answer codes at any hour; FAMILY_BOOK is handed in at the desk. */
export const codesOn = {
  "one-stop": {
    ...{ ...shortBackoff["one-stop"], MESSAGE_QUIET_HOURS: "off" },
    ...{ ANSWER_CODES: "on", ANSWER_CODES_NOT_FOR: "FAMILY_BOOK" },
  },
};

/** A dossier whose part waits for papers with these codes. */
export async function waitingForPapers(world: World, papers: readonly string[]): Promise<string> {
  const code = await aDossier(world);
  await askForPapers(world, code, papers);
  return code;
}

export async function askForPapers(world: World, code: string, papers: readonly string[]): Promise<void> {
  const { data } = await world.ask(clerk, `{ dossier(code: "${code}") { parts { id } } }`);
  const items = papers.map((paper) => ({ code: paper, text: `Bổ sung ${paper}`, legalBasis: "Điều 18" }));
  const act = await decide(world, data.dossier.parts[0].id, { supplement: { items } });
  expect(act.problems).toEqual([]);
}

/** Texts of the messages that ask for papers, when there are as many. */
export async function askingTexts(world: World, code: string, count: number): Promise<string[]> {
  const asking = () => spooled(world, code).filter(({ kind }) => kind === "SUPPLEMENT_ASKED");
  await expect.poll(() => asking().length, { timeout: 20_000 }).toBe(count);
  return asking().map(({ sms }) => sms);
}

/** Answer code of the newest message. */
export async function toldCode(world: World, code: string, count = 1): Promise<string> {
  const texts = await askingTexts(world, code, count);
  const [, told = ""] = /mã trả lời (\d{6})/.exec(texts.at(-1) ?? "") ?? [];
  expect(told).toMatch(/^\d{6}$/);
  return told;
}

/** A code that is not the given one. */
export const otherThan = (told: string) => String((Number(told) + 1) % 1_000_000).padStart(6, "0");

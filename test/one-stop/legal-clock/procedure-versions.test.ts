import { afterEach, expect, it } from "vitest";
import type { LegalDay } from "../../../subgraphs/_shared/reference/days.ts";
import { RELEASE_RULES } from "../../../subgraphs/one-stop/clock/rules.ts";
import {
  type CatalogueEntry,
  catalogueFile,
  type ProcedureVersion,
  readEntries,
  versionsOf,
} from "../../../subgraphs/one-stop/procedures/catalogue.ts";
import { tryVersion } from "../../../subgraphs/one-stop/single-procedures/version-trial.ts";
import { shortBackoff } from "../../kit/dossier-outcomes.ts";
import { clerk, sharedWorld, TODAY } from "../../world.ts";
import { aDossierFor, aKey, ask, devClock, submitted } from "./stories.ts";

const world = sharedWorld(shortBackoff);
afterEach(() => devClock(world.current, TODAY));
const REPEALED = "2.002622";

it("a repealed procedure accepts no new dossier and names its successor; on its last day it still does", async () => {
  const send = () =>
    ask(world.current, clerk, "submit-dossier", { input: aDossierFor(REPEALED), idempotencyKey: aKey() });
  await devClock(world.current, "2026-08-31T09:00:00+07:00");
  const last = await send();
  expect(last.problems).toEqual([]);
  await devClock(world.current, "2026-09-01T09:00:00+07:00");
  const { dossier, problems } = await send();
  expect(dossier).toBeNull();
  expect(problems).toMatchObject([{ code: "PROCEDURE_REPEALED", path: ["procedure"] }]);
  expect(problems[0].message).toContain("2.002913");
  const [pinned] = await world.current.sql("one-stop")`
    select definition_id, definition_version from dossiers where code = ${last.dossier.code}`;
  expect(pinned).toMatchObject({ definition_id: REPEALED });
});

it("the part of a dossier shows the version of the day of its receipt after a newer one has come into force", async () => {
  const PARTS = "query ($code: ID!) { dossier(code: $code) { parts { procedure { id name } } } }";
  const versions = versionsOf("1.000894") as ProcedureVersion[]; // cast: the test adds a version
  const [published] = versions;
  await devClock(world.current, "2026-03-09T09:00:00+07:00");
  const { code } = await submitted(world.current, "1.000894");
  const validFrom = "2026-03-10" as LegalDay;
  if (published) versions.push({ ...published, name: "Tên mới của thủ tục", validFrom });
  try {
    await devClock(world.current, "2026-03-11T09:00:00+07:00");
    const { data } = await world.current.ask(clerk, PARTS, { code });
    expect(data.dossier.parts[0].procedure.name).toBe(published?.name);
    const { data: now } = await world.current.ask(clerk, `{ procedure(code: "1.000894") { name } }`);
    expect(now.procedure.name).toBe("Tên mới của thủ tục");
  } finally {
    versions.pop();
  }
});

it("a new version is tried on the dossiers of before: what it would refuse, and what would be due on another day", async () => {
  await devClock(world.current, "2026-03-09T09:00:00+07:00");
  const { code } = await submitted(world.current, "2.000720");
  const published = readEntries(catalogueFile()).find((entry) => entry.code === "2.000720") as CatalogueEntry;
  const { channels } = published;
  const since = new Date("2026-03-01T00:00:00+07:00");
  const trial = (changed: Partial<CatalogueEntry>) =>
    tryVersion(world.current.sql("one-stop"), { ...published, requiredPapers: [], ...changed }, since, RELEASE_RULES);
  expect(await trial({})).toEqual([{ code, refusals: [], dueBefore: "2026-03-12", dueAfter: "2026-03-12" }]);
  const processingTime = { quantity: 5, unit: "WORKING_DAY", note: null } as const;
  const [changed] = await trial({
    processingTime,
    channels: channels.slice(1),
    requiredPapers: ["CT01"],
  });
  expect(changed).toMatchObject({ code, dueBefore: "2026-03-12", dueAfter: "2026-03-16" });
  expect(changed?.refusals).toEqual([`the channel ${channels[0]} is not offered`, "papers are missing: CT01"]);
});

import { beforeAll, expect, inject, test } from "vitest";
import { areLoadedCounted, countLoaded } from "../../../scripts/bench/loaded-counts.ts";
import { loadDossiers } from "../../../scripts/bench/loader.ts";
import { originalOf } from "../../../scripts/bench/originals.ts";
import { waitUntil } from "../../../scripts/campaign/wait-until.ts";
import { afterRow } from "../../../subgraphs/one-stop/changes/position.ts";
import { procedureForm } from "../../../subgraphs/one-stop/procedures/forms/forms.ts";
import { setClock, shortBackoff } from "../../kit/dossier-outcomes.ts";
import { serial } from "../../kit/serial-numbers.ts";
import { clerk, contract, sharedWorld } from "../../world.ts";
import { type Counts, counted } from "./recount.ts";

const world = sharedWorld(shortBackoff);
const DOSSIERS = 300;
const MARRIAGE = "1.000894";
let url: string;

const aKey = () => `loaded-${process.pid}-${serial("key")}`;

async function aDossier(decided: boolean): Promise<string> {
  const input = {
    ...{ procedure: MARRIAGE, office: "31471", channel: "DESK", form: procedureForm(MARRIAGE).example, papers: [] },
    declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
  };
  const submission = { input, idempotencyKey: aKey() };
  const { dossier } = (await world.current.ask(clerk, contract("submit-dossier"), submission)).data.submitDossier;
  const decision = { grant: { facts: { number: "01/2026" } } };
  const deciding = { part: dossier.parts[0].id, decision, idempotencyKey: aKey() };
  if (decided) await world.current.ask({ persona: "registrar" }, contract("decide-part"), deciding);
  return dossier.code;
}

/** Counts once the consumer has taken all entries of the histories. */
async function countsOfAllChanges() {
  const sql = world.current.sql("one-stop");
  await waitUntil("the figures have all changes", async () => {
    const [row] = await sql<{ done: boolean }[]>`
      select ("row", place) >= ((select max(id) from history), ${afterRow(0).place}) as done from change_consumers where name = 'FIGURES'`;
    return row?.done ?? false;
  });
  return counted(sql);
}

/** The sum of two counts of rates, or of parts. */
function sumOf(a: Counts, b: Counts, sign: 1 | -1): Counts {
  const keys = new Set([...a.keys(), ...b.keys()]);
  const numbers = (counts: Counts, key: string) => counts.get(key)?.split(",").map(Number) ?? [];
  const sums = [...keys].map((key): [string, string] => {
    const [left, right] = [numbers(a, key), numbers(b, key)];
    const places = Array.from({ length: Math.max(left.length, right.length) }, (_, at) => at);
    return [key, places.map((at) => (left[at] ?? 0) + sign * (right[at] ?? 0)).join()];
  });
  return new Map(sums);
}

beforeAll(async () => {
  const [row] = await world.current.sql("one-stop")<{ name: string }[]>`select current_database() as name`;
  const ofAdministrator = new URL(inject("adminUrl"));
  ofAdministrator.pathname = `/${row?.name}`;
  url = ofAdministrator.href;
  setClock(world.current, new Date().toISOString()); // the copies are received until now
});

test("loaded dossiers are counted at once as the consumer counts them change by change", async () => {
  const databaseUrls = { "one-stop": url };
  const granted = await originalOf({ databaseUrls }, await aDossier(true));
  const waiting = await originalOf({ databaseUrls }, await aDossier(false));
  const before = await countsOfAllChanges();
  await loadDossiers(databaseUrls, DOSSIERS, (n) => (n % 3 === 0 ? waiting : granted), { say: () => {} });
  expect(await areLoadedCounted(url, DOSSIERS * 2)).toBe(false);
  const byConsumer = await countsOfAllChanges();
  await countLoaded(url);
  const after = await counted(world.current.sql("one-stop"));
  const loaded = (kind: "rates" | "provinces" | "handled") => sumOf(byConsumer[kind], before[kind], -1);
  expect(loaded("rates").size).toBeGreaterThan(100);
  for (const kind of ["rates", "provinces", "handled"] as const)
    expect(after[kind]).toEqual(sumOf(byConsumer[kind], loaded(kind), 1));
  expect(await areLoadedCounted(url, DOSSIERS * 2)).toBe(true);
});

import { expect, test } from "vitest";
import { aBirthRequest, dossierThatIs } from "../given.ts";
import { acknowledged, INSURANCE, isDone, partOf, shortBackoff } from "../kit/dossier-outcomes.ts";
import { devClock, submitted } from "../one-stop/legal-clock/stories.ts";
import { sharedWorld } from "../world.ts";
import { sampleOf, scrape } from "./scraped-text.ts";

const MARITAL_STATUS = "1.004873";
const world = sharedWorld(shortBackoff);

async function value(series: string): Promise<number | undefined> {
  return sampleOf(await scrape(`http://127.0.0.1:${world.current.agencies.ports["one-stop"]}/metrics`), series);
}

/** Reads a series until it has a value that is awaited. */
async function becomes(series: string, fits: (value: number) => boolean): Promise<void> {
  await expect.poll(async () => fits((await value(series)) ?? Number.NaN), { timeout: 20_000 }).toBe(true);
}

const ofInsurance = (state: string) => `motcua_outbox_steps{agency="HEALTH_INSURANCE",state="${state}"}`;
const granted = (agency: string) => `motcua_decisions_total{agency="${agency}",outcome="GRANTED"}`;
const called = (outcome: string) => `motcua_saga_call_seconds_count{agency="HEALTH_INSURANCE",outcome="${outcome}"}`;

test("an outage of an agency shows in the outbox with its age, and the grant afterwards counts once", async () => {
  const before = (await value(granted("HEALTH_INSURANCE"))) ?? 0;
  await world.current.agencies.disconnect("health-insurance");
  const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
  await dossierThatIs(world.current, code, (dossier) => partOf(dossier, INSURANCE).delivery.attempts > 1);
  expect(await value(ofInsurance("waiting"))).toBe(1);
  expect(await value(ofInsurance("failing"))).toBe(1);
  await becomes('motcua_outbox_oldest_seconds{agency="HEALTH_INSURANCE"}', (seconds) => seconds > 0);
  expect(await value(called("unanswered"))).toBeGreaterThan(1);
  await world.current.agencies.reconnect("health-insurance");
  await dossierThatIs(world.current, code, isDone);
  expect(await value(ofInsurance("waiting"))).toBe(0);
  expect(await value('motcua_outbox_oldest_seconds{agency="HEALTH_INSURANCE"}')).toBe(0);
  expect(await value(called("answered"))).toBeGreaterThan(0);
  expect(await value(granted("HEALTH_INSURANCE"))).toBe(before + 1);
});

test("the stream of changes moves on, and its consumers follow to its end", async () => {
  const before = (await value("motcua_change_stream_position")) ?? 0;
  const { code } = await acknowledged(world.current, aBirthRequest());
  await dossierThatIs(world.current, code, isDone);
  await becomes("motcua_change_stream_position", (position) => position > before);
  for (const consumer of ["messages", "webhooks"])
    await becomes(`motcua_change_consumer_lag{consumer="${consumer}"}`, (lag) => lag === 0);
});

test("a step that another worker has leased meanwhile counts as a lost lease", async () => {
  const before = (await value("motcua_leases_lost_total")) ?? 0;
  world.current.demo.setFaultMode("HEALTH_INSURANCE", "SLOW"); // so that the lease is held for a while
  const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
  const steal = () => world.current.sql("one-stop")`
    with leased as (
      update steps set fencing_token = fencing_token + 1
       where key = 'INSURANCE' and lease_until is not null and dossier_id = (select id from dossiers where code = ${code})
      returning dossier_id
    )
    update dossiers set revision = revision + 1 where id in (select dossier_id from leased) returning id`;
  await expect.poll(async () => (await steal()).length, { timeout: 20_000, interval: 20 }).toBe(1);
  await becomes("motcua_leases_lost_total", (count) => count > before);
  world.current.demo.setFaultMode("HEALTH_INSURANCE", "UP");
  await dossierThatIs(world.current, code, isDone);
});

test("deliveries outside the desk are told by channel, also where there are none", async () => {
  for (const channel of ["webhook", "message", "national portal"])
    for (const state of ["waiting", "stopped"])
      expect(await value(`motcua_outside_deliveries{channel="${channel}",state="${state}"}`)).toBeGreaterThanOrEqual(0);
});

test("an apology that its time brings counts as an act of the clock", async () => {
  const apologies = 'motcua_clock_acts_total{act="APOLOGISED"}';
  await devClock(world.current, "2026-03-10T09:00:00+07:00");
  const before = (await value(apologies)) ?? 0;
  await submitted(world.current, MARITAL_STATUS);
  await devClock(world.current, "2026-03-12T15:10:00+07:00");
  await becomes(apologies, (count) => count === before + 1);
});

import { setTimeout as sleep } from "node:timers/promises";
import { BUSINESS_START_VERSIONS } from "../../../subgraphs/one-stop/bundles/business-start/business-start-versions.ts";
import { DEATH_VERSIONS } from "../../../subgraphs/one-stop/bundles/death/death-versions.ts";
import { LAND_TRANSFER_VERSIONS } from "../../../subgraphs/one-stop/bundles/land-transfer/land-transfer-versions.ts";
import { MARRIAGE_VERSIONS } from "../../../subgraphs/one-stop/bundles/marriage/marriage-versions.ts";
import { MOVE_VERSIONS } from "../../../subgraphs/one-stop/bundles/move/move-versions.ts";
import type { DossierDefinition } from "../../../subgraphs/one-stop/definitions/definition.ts";
import type { Failpoint } from "../armed-failpoints.ts";
import { lifeEventsHappenOnce } from "../invariants/life-event-invariants.ts";
import { readLifeEventFacts } from "../life-event-facts.ts";
import { openPayer } from "../payer.ts";
import { LIFE_EVENTS, type LifeEvent, lifeEvent, playLifeEvent } from "../random/life-events.ts";
import type { FaultSetup } from "./fault-setup.ts";
import type { Scenario } from "./scenario.ts";

const VERSIONS: Record<LifeEvent["event"], readonly DossierDefinition[]> = {
  death: DEATH_VERSIONS,
  marriage: MARRIAGE_VERSIONS,
  "business-start": BUSINESS_START_VERSIONS,
  move: MOVE_VERSIONS,
  "land-transfer": LAND_TRANSFER_VERSIONS,
};
const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 50;
/** A call of each life event, to which every request of the examples leads. */
const ALWAYS_CALLED: readonly Failpoint[] = ["DEATH", "MARRIAGE", "REGISTRATION", "RESIDENCE", "CERTIFICATE"].map(
  (key): Failpoint => `after-call.${key}`,
);

/** Calls of all steps of the life events. */
const ALL_CALLS = [
  ...new Set(LIFE_EVENTS.flatMap((event) => (VERSIONS[event].at(-1)?.steps ?? []).map(({ key }) => key))),
].map((key): Failpoint => `after-call.${key}`);

/** SIGKILL of the one-stop process after the first call of a step: the agency has acted, and the desk does not know. */
export const lifeEventCrashes: Scenario[] = [
  {
    name: `one-stop is killed after a call of each of ${LIFE_EVENTS.join(", ")}`,
    run: (setup) => killAfterCalls(setup, 0, ALWAYS_CALLED),
  },
  {
    name: `one-stop is killed after each call of ${LIFE_EVENTS.join(", ")}`,
    run: (setup) => killAfterCalls(setup, 1, ALL_CALLS),
  },
];

/** @param turn how many such scenarios the system has seen: each has couples of its own */
async function killAfterCalls(
  { harness, desk: { commune } }: FaultSetup,
  turn: number,
  calls: readonly Failpoint[],
): Promise<void> {
  for (const call of calls) harness.failpoints.arm(call, "kill");
  const until = performance.now() + PATIENCE_MS;
  const desk = harness.sql("one-stop");
  const play = {
    ...{ gatewayUrl: harness.system.gatewayUrl, until: () => until, refuses: () => false },
    query: async <T extends object>(text: string) => [...(await desk.unsafe<T[]>(text))],
    atProvider: openPayer(harness.system, commune, () => until).atProvider,
  };
  const events = LIFE_EVENTS.map((event) => lifeEvent(event, `killed-${turn}-${event}`));
  let isOver = false;
  const restarting = (async () => {
    for (; !isOver; await sleep(LOOK_EVERY_MS)) await harness.start("one-stop");
  })();
  await Promise.all(events.map((life, number) => playLifeEvent(life, turn * events.length + number, play)));
  const notFired = ALWAYS_CALLED.filter((point) => !harness.failpoints.hasFired(point));
  isOver = true;
  await restarting;
  harness.failpoints.clear();
  if (notFired.length > 0) throw new Error(`No process was killed at ${notFired.join(", ")}`);
  const facts = await readLifeEventFacts(
    harness,
    events.map(({ key }) => key),
  );
  const found = lifeEventsHappenOnce(events, facts);
  if (found.length > 0) throw new Error(found.map(({ detail }) => detail).join("; "));
}

import { setTimeout as sleep } from "node:timers/promises";
import { DEFAULT_COMMUNE, SEEDED_COMMUNES } from "../../../subgraphs/_shared/demo/population.ts";
import { seededRandom } from "../../../subgraphs/_shared/demo/population-random.ts";
import { legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import { subgraph } from "../../../subgraphs/agency-registry.ts";
import { askHealth } from "../../supervisor/process-health.ts";
import { requestFor } from "../birth-requests.ts";
import { openChannels } from "../channels/channels.ts";
import { type DeskClient, openDeskClient } from "../desk-client.ts";
import type { Harness } from "../harness.ts";
import { violations } from "../invariants/all-invariants.ts";
import { changesReadOnce } from "../invariants/change-invariants.ts";
import { channelsAgree } from "../invariants/channel-invariants.ts";
import { lifeEventsHappenOnce } from "../invariants/life-event-invariants.ts";
import { visitsHappenOnce } from "../invariants/visit-invariants.ts";
import { emptyLedger, type Ledger } from "../ledger.ts";
import { readLifeEventFacts } from "../life-event-facts.ts";
import { decideByHand, openParts } from "../officer-decisions.ts";
import { openPayer } from "../payer.ts";
import { paymentsSettled } from "../payment-facts.ts";
import { openPeopleClient } from "../people-client.ts";
import { proceduresByAgency } from "../procedures-by-agency.ts";
import { isSettled } from "../settled-system.ts";
import { storedChanges } from "../stored-changes.ts";
import { readSystemFacts, type SystemFacts } from "../system-facts.ts";
import type { Violation } from "../violation.ts";
import { readVisitFacts } from "../visit-facts.ts";
import { startChangesReader } from "./changes-reader.ts";
import { type Counts, countFault, noCounts } from "./fault-counts.ts";
import { type FaultInjector, openFaultInjector } from "./fault-injector.ts";
import { type Fault, scheduleOf } from "./fault-schedule.ts";
import { playLifeEvents } from "./life-events.ts";
import { payFees } from "./paid-requests.ts";
import { startPeople } from "./people-at-work.ts";
import { type PlannedRequest, plannedRequests } from "./planned-requests.ts";
import { visitDesk } from "./visits.ts";

export type CampaignPlan = { requests: number; seconds: number; seed: number; desks: number };
export type CampaignResult = { ledger: Ledger; counts: Counts; facts: SystemFacts; violations: Violation[] };
export type Progress = (now: { ledger: Ledger; counts: Counts; ended: number; seconds: number }) => void;

const SETTLE_SECONDS = 60;
/** Time after the last fault during which a desk keeps retrying. */
const RETRY_MS = 120_000;
/** Longer than a lease: a stalled process finishes its last steps within this time. */
const AFTERMATH_MS = 2_000;
const PROGRESS_MS = 5_000;
/** Sizes of the pages in which portals read the changes. */
const PAGES_OF_CHANGES = [7, 200];
/** Concurrent requests of a desk. */
const COUNTERS = 4;
const QUERY_EVERY_MS = 100;
/** Time for the desk to work between two kills. */
const WORK_MS = 300;

/** Runs a campaign: desks send requests while faults are injected; then all faults end, and the settled system is checked. */
export async function campaign(harness: Harness, plan: CampaignPlan, progress: Progress): Promise<CampaignResult> {
  const ledger = emptyLedger();
  const counts = noCounts();
  const communes = SEEDED_COMMUNES.slice(0, plan.desks);
  let faultsEndedAt = Number.POSITIVE_INFINITY;
  const retriesUntil = () => faultsEndedAt + RETRY_MS;
  const desks = communes.map((commune) =>
    openDeskClient(harness.system.gatewayUrl, commune, { ledger, counts, retriesUntil }),
  );
  const own = communes[0] ?? DEFAULT_COMMUNE;
  const channels = await openChannels(harness, own, plan.seed);
  await harness.start("second-desk");
  const injector = openFaultInjector(harness, ledger);
  const watch = watchProgress(injector, ledger, counts, progress);
  const people = startPeople(
    injector,
    openPeopleClient(harness.system.gatewayUrl, retriesUntil),
    seededRandom(plan.seed + 1),
  );
  const portals = PAGES_OF_CHANGES.map((first) =>
    startChangesReader(harness.system.gatewayUrl, own, first, retriesUntil),
  );
  const sending = sendRequests(plan, desks);
  const payer = openPayer(harness.system, own, retriesUntil);
  const paying = payFees(payer, plan.seed, plan);
  const visiting = visitDesk(harness.system.gatewayUrl, own, retriesUntil, plan);
  const living = playLifeEvents(
    {
      ...{ gatewayUrl: harness.system.gatewayUrl, query: injector.query, until: retriesUntil },
      atProvider: payer.atProvider,
    },
    plan,
  );
  const faults = await injectFaults(harness, injector, plan, counts);
  await injector.endFaults();
  faultsEndedAt = performance.now();
  await Promise.all(faults);
  await sending;
  await paying;
  const visits = await visiting;
  const lifeEvents = await living;
  await people.stop();
  await decideWaitingParts(harness, plan.seed);
  await isSettled(harness, SETTLE_SECONDS);
  await sleep(AFTERMATH_MS);
  await isSettled(harness, SETTLE_SECONDS);
  await paymentsSettled(harness, SETTLE_SECONDS);
  await watch.stop();
  await injector.close();
  const delivered = await channels.facts(SETTLE_SECONDS);
  await channels.close();
  const facts = await readSystemFacts(harness);
  const least = (await storedChanges(harness, own)).length;
  const read = await Promise.all(portals.map((portal) => portal.finish()));
  const found = [
    ...violations(ledger, facts),
    ...visitsHappenOnce(visits, await readVisitFacts(harness)),
    ...lifeEventsHappenOnce(
      lifeEvents,
      await readLifeEventFacts(
        harness,
        lifeEvents.map(({ key }) => key),
      ),
    ),
    ...changesReadOnce(read, await storedChanges(harness, own), least),
    ...channelsAgree(delivered),
  ];
  return { ledger, counts, facts, violations: found };
}

/** Sends the planned requests; each desk has several counters, each with one request in flight. */
async function sendRequests(plan: CampaignPlan, desks: DeskClient[]): Promise<void> {
  const began = performance.now();
  const planned = plannedRequests(plan.seed, plan);
  const counter = async (queue: PlannedRequest[]) => {
    for (let request = queue.shift(); request; request = queue.shift()) {
      await sleep(Math.max(0, began + request.atMs - performance.now()));
      await sendRequest(request, desks);
    }
  };
  const queues = desks.map((_, number) => planned.filter(({ desk }) => desk === number));
  await Promise.all(queues.flatMap((queue) => Array.from({ length: COUNTERS }, () => counter(queue))));
}

async function sendRequest(
  { child, desk, clicks, rival, without, offline }: PlannedRequest,
  desks: DeskClient[],
): Promise<void> {
  const today = legalDayOf(new Date());
  const send = async (number: number, times: number) => {
    const own = desks[number];
    const [code] = (offline && (await own?.reserve(1, `campaign-code-${child}`))) || [];
    await own?.submit(requestFor(child, own.commune, today, without), `campaign-${child}`, times, code);
  };
  // a desk that gives up has no response, which the invariants report
  await Promise.allSettled([send(desk, clicks), ...(rival === undefined ? [] : [send(rival, 1)])]);
}

/** Injects the scheduled faults until the time is over. @returns the faults that still run */
async function injectFaults(
  harness: Harness,
  injector: FaultInjector,
  { seed, seconds }: CampaignPlan,
  counts: Counts,
): Promise<Promise<void>[]> {
  const deadline = performance.now() + seconds * 1_000;
  const faults: Promise<void>[] = [];
  for (const { afterMs, hasty, fault } of scheduleOf(seed)) {
    await sleep(Math.min(afterMs, Math.max(0, deadline - performance.now())));
    if (!hasty && DISRUPTIVE.has(fault.kind)) await awaitDesk(harness, deadline);
    if (performance.now() >= deadline) return faults;
    countFault(counts, fault);
    const over = injector.inject(fault).catch(() => {
      counts.withoutTarget++; // its target was down
    });
    faults.push(over);
  }
  return faults;
}

const DISRUPTIVE: ReadonlySet<Fault["kind"]> = new Set(["KILL", "KILL_BACKEND", "STALL"]);

/** Waits until the desk responds, because a kill on a slow machine would otherwise interrupt no work. */
async function awaitDesk({ system: { ports } }: Harness, deadline: number): Promise<void> {
  const up = async (name: "gateway" | "one-stop") => (await askHealth(ports[name], LIVE[name]))?.status === 200;
  while (performance.now() < deadline && !((await up("gateway")) && (await up("one-stop"))))
    await sleep(QUERY_EVERY_MS);
  await sleep(Math.min(WORK_MS, Math.max(0, deadline - performance.now())));
}

const LIVE = { gateway: "/health/live", "one-stop": "/health/ready" } as const;

/** Decides the waiting parts as officers: grants a third, refuses a third, and leaves a third open. */
async function decideWaitingParts(harness: Harness, seed: number): Promise<void> {
  const random = seededRandom(seed);
  for (const name of (await proceduresByAgency()).keys()) {
    const { agency } = subgraph(name);
    for (const part of await openParts(harness, agency)) {
      const choice = random.below(3);
      if (choice < 2) await decideByHand(harness, part, choice === 0);
    }
  }
}

function watchProgress(
  injector: FaultInjector,
  ledger: Ledger,
  counts: Counts,
  progress: Progress,
): { stop(): Promise<void> } {
  const began = performance.now();
  let ended = 0;
  const report = async () => {
    const rows = await injector
      .query<{ ended: number }>("select count(*)::int as ended from dossiers where completed_at is not null")
      .catch(() => []);
    ended = rows[0]?.ended ?? ended;
    progress({ ledger, counts, ended, seconds: (performance.now() - began) / 1_000 });
  };
  let reporting = Promise.resolve();
  const timer = setInterval(() => {
    reporting = reporting.then(report);
  }, PROGRESS_MS);
  return {
    async stop() {
      clearInterval(timer);
      await reporting;
      await report();
    },
  };
}

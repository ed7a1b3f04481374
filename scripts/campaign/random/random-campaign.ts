import { setTimeout as sleep } from "node:timers/promises";
import { SEEDED_COMMUNES } from "../../../subgraphs/_shared/demo/population.ts";
import { chanceOf } from "../../../subgraphs/_shared/demo/population-chance.ts";
import { legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import { subgraph } from "../../../subgraphs/agency-registry.ts";
import { askHealth } from "../../supervisor/health.ts";
import { requestFor } from "../birth-requests.ts";
import { type DeskClient, openDeskClient } from "../desk-client.ts";
import type { Harness } from "../harness.ts";
import { violations } from "../invariants/all-invariants.ts";
import { emptyLedger, type Ledger } from "../ledger.ts";
import { decideByHand, openParts } from "../officer-decisions.ts";
import { proceduresByAgency } from "../procedures-by-agency.ts";
import { isSettled } from "../settled-system.ts";
import { readSystemFacts, type SystemFacts } from "../system-facts.ts";
import type { Violation } from "../violation.ts";
import { type Counts, countFault, noCounts } from "./fault-counts.ts";
import { type FaultInjector, openFaultInjector } from "./fault-injector.ts";
import { type Fault, scheduleOf } from "./fault-schedule.ts";
import { type PlannedRequest, plannedRequests } from "./planned-requests.ts";

export type CampaignPlan = { requests: number; seconds: number; seed: number; desks: number };
export type CampaignResult = { ledger: Ledger; counts: Counts; facts: SystemFacts; violations: Violation[] };
export type Progress = (now: { ledger: Ledger; counts: Counts; ended: number; seconds: number }) => void;

const REST_SECONDS = 60;
/** Time after the last fault during which a desk keeps retrying. */
const GIVES_UP_MS = 45_000;
/** Longer than a lease: a stalled process acts on its last steps within this time. */
const AFTERMATH_MS = 2_000;
const PROGRESS_MS = 5_000;
/** Concurrent requests of a desk. */
const COUNTERS = 4;
const LOOK_EVERY_MS = 100;
/** Time that the desk gets to work between two kills. */
const WORK_MS = 300;

/** Runs a campaign: desks send requests while faults are injected; then the system is healed, settles and is checked. */
export async function campaign(harness: Harness, plan: CampaignPlan, progress: Progress): Promise<CampaignResult> {
  const ledger = emptyLedger();
  const counts = noCounts();
  const communes = SEEDED_COMMUNES.slice(0, plan.desks);
  let healedAt = Number.POSITIVE_INFINITY;
  const givesUpAt = () => healedAt + GIVES_UP_MS;
  const desks = communes.map((commune) =>
    openDeskClient(harness.system.gatewayUrl, commune, { ledger, counts, givesUpAt }),
  );
  await harness.revive("second-desk");
  const injector = openFaultInjector(harness, ledger);
  const watch = watchProgress(injector, ledger, counts, progress);
  const sending = work(plan, desks);
  const faults = await injectFaults(harness, injector, plan, counts);
  await injector.heal();
  healedAt = performance.now();
  await Promise.all(faults);
  await sending;
  await decideSome(harness, plan.seed);
  await isSettled(harness, REST_SECONDS);
  await sleep(AFTERMATH_MS);
  await isSettled(harness, REST_SECONDS);
  await watch.stop();
  await injector.close();
  const facts = await readSystemFacts(harness);
  return { ledger, counts, facts, violations: violations(ledger, facts) };
}

/** Sends the planned requests: each desk has a few counters, each with one request in flight. */
async function work(plan: CampaignPlan, desks: DeskClient[]): Promise<void> {
  const began = performance.now();
  const planned = plannedRequests(plan.seed, plan);
  const counter = async (queue: PlannedRequest[]) => {
    for (let request = queue.shift(); request; request = queue.shift()) {
      await sleep(Math.max(0, began + request.atMs - performance.now()));
      await run(request, desks);
    }
  };
  const queues = desks.map((_, number) => planned.filter(({ desk }) => desk === number));
  await Promise.all(queues.flatMap((queue) => Array.from({ length: COUNTERS }, () => counter(queue))));
}

async function run({ child, desk, clicks, rival, without }: PlannedRequest, desks: DeskClient[]): Promise<void> {
  const today = legalDayOf(new Date());
  const send = async (number: number, times: number) => {
    const own = desks[number];
    await own?.submit(requestFor(child, own.commune, today, without), `campaign-${child}`, times);
  };
  // a desk that gives up has no response, which the invariants report
  await Promise.allSettled([send(desk, clicks), ...(rival === undefined ? [] : [send(rival, 1)])]);
}

/** Injects the scheduled faults; resolves when the time is over, with the faults that still run. */
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
    if (!hasty && DISRUPTIVE.has(fault.kind)) await answering(harness, deadline);
    if (performance.now() >= deadline) return faults;
    countFault(counts, fault);
    const over = injector.perform(fault).catch(() => {
      counts.missed++; // its target was down
    });
    faults.push(over);
  }
  return faults;
}

const DISRUPTIVE: ReadonlySet<Fault["kind"]> = new Set(["KILL", "KILL_BACKEND", "STALL"]);

/** Waits until the desk responds: without it a kill on a slow machine would interrupt no work. */
async function answering({ system: { ports } }: Harness, deadline: number): Promise<void> {
  const up = async (name: "gateway" | "one-stop") => (await askHealth(ports[name], LIVE[name]))?.status === 200;
  while (performance.now() < deadline && !((await up("gateway")) && (await up("one-stop")))) await sleep(LOOK_EVERY_MS);
  await sleep(Math.min(WORK_MS, Math.max(0, deadline - performance.now())));
}

const LIVE = { gateway: "/health/live", "one-stop": "/health/ready" } as const;

/** Decides the waiting parts as officers: a third is granted, a third refused, and a third keeps waiting. */
async function decideSome(harness: Harness, seed: number): Promise<void> {
  const chance = chanceOf(seed);
  for (const name of (await proceduresByAgency()).keys()) {
    const { agency } = subgraph(name);
    for (const part of await openParts(harness, agency)) {
      const choice = chance.below(3);
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
  const look = async () => {
    const rows = await injector
      .look<{ ended: number }>("select count(*)::int as ended from dossiers where completed_at is not null")
      .catch(() => []);
    ended = rows[0]?.ended ?? ended;
    progress({ ledger, counts, ended, seconds: (performance.now() - began) / 1_000 });
  };
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, PROGRESS_MS);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      await look();
    },
  };
}

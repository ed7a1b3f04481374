import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import { within } from "../../../subgraphs/_shared/serving/database.ts";
import type { AgencyCode, SubgraphName } from "../../../subgraphs/agency-registry.ts";
import type { BirthRequest } from "../../../subgraphs/one-stop/bundles/birth/request.ts";
import { requestFor } from "../birth-requests.ts";
import { type FaultyClient, openFaultyClient, unsolicitedDelivery } from "../faulty-client.ts";
import type { Harness, HarnessProcess } from "../harness.ts";
import type { Ledger } from "../ledger.ts";
import type { Fault } from "./fault-schedule.ts";

/** Performs faults, those on the same process or agency one after the other. */
export type FaultInjector = {
  /** Resolves when the fault is over. Rejects when there was nothing to do it to, such as a database that is down. */
  perform(fault: Fault): Promise<void>;
  /** Looks into the desk's database; it may be down. */
  look<T extends object>(query: string): Promise<T[]>;
  /** Ends everything bad and brings everything up. */
  heal(): Promise<void>;
  close(): Promise<void>;
};

const PATIENCE_MS = 3_000;
const PROCESSES: HarnessProcess[] = [
  "gateway",
  "one-stop",
  "second-desk",
  "civil-status",
  "residence",
  "health-insurance",
];
const AGENCIES: AgencyCode[] = ["CIVIL_STATUS", "RESIDENCE", "HEALTH_INSURANCE"];

export function openFaultInjector(harness: Harness, ledger: Ledger): FaultInjector {
  const connections = new Map<SubgraphName, postgres.Sql>();
  /** Connections that live through restarts of the server: those of the harness are for times of rest. */
  const sql = (name: SubgraphName) => {
    const known = connections.get(name);
    if (known) return known;
    const backoff = () => 0.2;
    const made = postgres(harness.system.databaseUrls[name], {
      max: 2,
      backoff,
      connect_timeout: 2,
      onnotice: () => {},
    });
    connections.set(name, made);
    return made;
  };
  const faultyClient = openFaultyClient({ ...harness, sql }, ledger);
  const look = <T extends object>(query: string) =>
    within(
      PATIENCE_MS,
      sql("one-stop")
        .unsafe<T[]>(query)
        .then((rows) => [...rows]),
    );
  const queues = new Map<string, Promise<void>>();

  function inTurn(name: string, work: () => Promise<void>): Promise<void> {
    const turn = (queues.get(name) ?? Promise.resolve()).then(work);
    queues.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  }

  async function killed(target: HarnessProcess, downMs: number): Promise<void> {
    await harness.killed(target);
    await harness.stop(target);
    await sleep(downMs);
    await harness.revive(target);
  }

  async function stalled(target: HarnessProcess, forMs: number): Promise<void> {
    harness.kill(target, "SIGSTOP");
    await sleep(forMs);
    harness.kill(target, "SIGCONT");
  }

  async function killBackend(database: SubgraphName): Promise<void> {
    const name = new URL(harness.system.databaseUrls[database]).pathname.slice(1);
    const [backend] = await look<{ pid: number }>(
      `select pid from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid() order by pid limit 1`,
    );
    if (backend) process.kill(backend.pid, "SIGKILL");
  }

  return {
    look,
    perform(fault) {
      switch (fault.kind) {
        case "KILL":
          return inTurn(fault.target, () => killed(fault.target, fault.downMs));
        case "KILL_BACKEND":
          return killBackend(fault.database);
        case "STALL":
          return inTurn(fault.target, () => stalled(fault.target, fault.forMs));
        case "MOOD":
          return inTurn(fault.agency, async () => {
            harness.demo.setMood(fault.agency, fault.mood);
            await sleep(fault.forMs);
            harness.demo.setMood(fault.agency, "UP");
          });
        case "DUPLICATE":
          return duplicate(look, faultyClient, fault.parts);
        case "CANCEL":
          return cancelKnown(look, faultyClient);
        case "CANCEL_THEN_DELIVER":
          return cancelUnsentBirth(look, faultyClient, fault.child);
      }
    },
    async heal() {
      await Promise.all(queues.values());
      for (const agency of AGENCIES) harness.demo.setMood(agency, "UP");
      await harness.revive("postgres");
      for (const each of PROCESSES) {
        harness.kill(each, "SIGCONT");
        await harness.revive(each);
      }
      await harness.system.ready();
    },
    async close() {
      await Promise.all([...connections.values()].map((one) => one.end({ timeout: 1 })));
    },
  };
}

type Look = FaultInjector["look"];

/** Some parts that are under way or decided, each twice at once. */
async function duplicate(look: Look, faultyClient: FaultyClient, parts: number): Promise<void> {
  const chosen = await look<{ id: string }>(
    `select id from steps where state not in ('BLOCKED', 'READY', 'NOT_APPLICABLE') order by random() limit ${parts}`,
  );
  for (const { id } of chosen) {
    const delivery = await within(PATIENCE_MS, faultyClient.copyOf(id));
    if (delivery) await Promise.allSettled([faultyClient.deliver(delivery), faultyClient.deliver(delivery)]);
  }
}

/** One part, whatever has become of it: what is granted must stay so, what is open may be cancelled. */
async function cancelKnown(look: Look, faultyClient: FaultyClient): Promise<void> {
  const [chosen] = await look<{ id: string; agency: AgencyCode }>(
    "select id, agency from steps where state in ('SENT', 'GRANTED', 'SUPPLEMENT_NEEDED') order by random() limit 1",
  );
  if (chosen) await faultyClient.cancel(chosen.agency, chosen.id);
}

/** The birth of a child that no desk sends: cancelled first, delivered late. */
async function cancelUnsentBirth(look: Look, faultyClient: FaultyClient, child: number): Promise<void> {
  const [some] = await look<{ request: BirthRequest }>("select request from requests limit 1");
  if (!some) return;
  const { birthNotice } = requestFor(child, some.request.office, legalDayOf(new Date())).child;
  const request = { ...some.request, child: { ...some.request.child, birthNotice } } as BirthRequest; // of the same shape
  await faultyClient.cancelThenDeliver(unsolicitedDelivery("BIRTH", request, {}));
}

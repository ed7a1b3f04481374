import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import type { Mood } from "../../../subgraphs/_shared/demo/state.ts";
import { legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import { within } from "../../../subgraphs/_shared/serving/database.ts";
import { type AgencyCode, agencyCodes, type SubgraphName } from "../../../subgraphs/agency-registry.ts";
import type { BirthRequest } from "../../../subgraphs/one-stop/bundles/birth/request.ts";
import { requestFor } from "../birth-requests.ts";
import { type FaultyClient, openFaultyClient, unsolicitedDelivery } from "../faulty-client.ts";
import { type Harness, type HarnessProcess, harnessServers } from "../harness.ts";
import type { Ledger } from "../ledger.ts";
import type { Fault } from "./fault-schedule.ts";

/** Injects faults; faults of the same process or agency run one after the other. */
export type FaultInjector = {
  /** Resolves when the fault is over. Rejects when its target is down, such as a database. */
  perform(fault: Fault): Promise<void>;
  /** Reads from the desk's database, which may be down. */
  look<T extends object>(query: string): Promise<T[]>;
  /** Ends all faults and starts every process. */
  heal(): Promise<void>;
  close(): Promise<void>;
};

const PATIENCE_MS = 3_000;
export function openFaultInjector(harness: Harness, ledger: Ledger): FaultInjector {
  const { sql, close } = reconnectingSql(harness);
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

  return {
    look,
    perform(fault) {
      switch (fault.kind) {
        case "KILL":
          return inTurn(fault.target, () => killFor(harness, fault.target, fault.downMs));
        case "KILL_BACKEND":
          return killBackend(harness, look, fault.database);
        case "STALL":
          return inTurn(fault.target, () => stallFor(harness, fault.target, fault.forMs));
        case "FAULT_MODE":
          return inTurn(fault.agency, () => setModeFor(harness, fault.agency, fault.mode, fault.forMs));
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
      for (const agency of agencyCodes) harness.demo.setMood(agency, "UP");
      await harness.revive("postgres");
      for (const each of harnessServers) {
        harness.kill(each, "SIGCONT");
        await harness.revive(each);
      }
      await harness.system.ready();
    },
    close,
  };
}

type Look = FaultInjector["look"];

/** Connections that survive restarts of the server; those of the harness are for a settled system. */
function reconnectingSql({ system }: Harness): { sql(name: SubgraphName): postgres.Sql; close(): Promise<void> } {
  const connections = new Map<SubgraphName, postgres.Sql>();
  const options = { max: 2, backoff: () => 0.2, connect_timeout: 2, onnotice: () => {} };
  return {
    sql(name) {
      const connection = connections.get(name) ?? postgres(system.databaseUrls[name], options);
      connections.set(name, connection);
      return connection;
    },
    async close() {
      await Promise.all([...connections.values()].map((each) => each.end({ timeout: 1 })));
    },
  };
}

async function killFor(harness: Harness, target: HarnessProcess, downMs: number): Promise<void> {
  await harness.killed(target);
  await harness.stop(target);
  await sleep(downMs);
  await harness.revive(target);
}

async function stallFor(harness: Harness, target: HarnessProcess, forMs: number): Promise<void> {
  harness.kill(target, "SIGSTOP");
  await sleep(forMs);
  harness.kill(target, "SIGCONT");
}

async function setModeFor({ demo }: Harness, agency: AgencyCode, mode: Mood, forMs: number): Promise<void> {
  demo.setMood(agency, mode);
  await sleep(forMs);
  demo.setMood(agency, "UP");
}

async function killBackend({ system }: Harness, look: Look, database: SubgraphName): Promise<void> {
  const name = new URL(system.databaseUrls[database]).pathname.slice(1);
  const [backend] = await look<{ pid: number }>(
    `select pid from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid() order by pid limit 1`,
  );
  if (backend) process.kill(backend.pid, "SIGKILL");
}

/** Delivers some sent or decided parts again, each twice at once. */
async function duplicate(look: Look, faultyClient: FaultyClient, parts: number): Promise<void> {
  const chosen = await look<{ id: string }>(
    `select id from steps where state not in ('BLOCKED', 'READY', 'NOT_APPLICABLE') order by random() limit ${parts}`,
  );
  for (const { id } of chosen) {
    const delivery = await within(PATIENCE_MS, faultyClient.copyOf(id));
    if (delivery) await Promise.allSettled([faultyClient.deliver(delivery), faultyClient.deliver(delivery)]);
  }
}

/** Cancels one part in any state: a granted part must stay granted, an open one may be cancelled. */
async function cancelKnown(look: Look, faultyClient: FaultyClient): Promise<void> {
  const [chosen] = await look<{ id: string; agency: AgencyCode }>(
    "select id, agency from steps where state in ('SENT', 'GRANTED', 'SUPPLEMENT_NEEDED') order by random() limit 1",
  );
  if (chosen) await faultyClient.cancel(chosen.agency, chosen.id);
}

/** Cancels the birth of a child that no desk sends, then delivers it. */
async function cancelUnsentBirth(look: Look, faultyClient: FaultyClient, child: number): Promise<void> {
  const [some] = await look<{ request: BirthRequest }>("select request from requests limit 1");
  if (!some) return;
  const { birthNotice } = requestFor(child, some.request.office, legalDayOf(new Date())).child;
  const request = { ...some.request, child: { ...some.request.child, birthNotice } } as BirthRequest; // the same shape with another notice
  await faultyClient.cancelThenDeliver(unsolicitedDelivery("BIRTH", request, {}));
}

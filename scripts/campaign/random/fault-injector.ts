import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import type { FaultMode } from "../../../subgraphs/_shared/demo/demo-state.ts";
import { legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import { unpackJson } from "../../../subgraphs/_shared/registers/packed-json.ts";
import { within } from "../../../subgraphs/_shared/serving/database.ts";
import { type AgencyCode, agencyCodes, type SubgraphName } from "../../../subgraphs/agency-registry.ts";
import type { BirthRequest } from "../../../subgraphs/one-stop/bundles/birth/birth-request.ts";
import { requestFor } from "../birth-requests.ts";
import { type FaultyClient, openFaultyClient, unsolicitedDelivery } from "../faulty-client.ts";
import { type Harness, type HarnessProcess, harnessServers } from "../harness.ts";
import type { Ledger } from "../ledger.ts";
import type { Fault } from "./fault-schedule.ts";

/** Injects faults; faults of the same process or agency run one after the other. */
export type FaultInjector = {
  /** Resolves when the fault is over. Rejects if its target is down. */
  inject(fault: Fault): Promise<void>;
  /** Queries the desk's database, which may be down. */
  query<T extends object>(query: string): Promise<T[]>;
  /** Ends all faults and starts every process. */
  endFaults(): Promise<void>;
  close(): Promise<void>;
};

const TIMEOUT_MS = 3_000;
export function openFaultInjector(harness: Harness, ledger: Ledger): FaultInjector {
  const { sql, close } = reconnectingSql(harness);
  const faultyClient = openFaultyClient({ ...harness, sql }, ledger);
  const query = <T extends object>(text: string) =>
    within(
      TIMEOUT_MS,
      sql("one-stop")
        .unsafe<T[]>(text)
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
    query,
    inject(fault) {
      switch (fault.kind) {
        case "KILL":
          return inTurn(fault.target, () => killFor(harness, fault.target, fault.downMs));
        case "KILL_BACKEND":
          return killBackend(harness, query, fault.database);
        case "STALL":
          return inTurn(fault.target, () => stallFor(harness, fault.target, fault.forMs));
        case "FAULT_MODE":
          return inTurn(fault.agency, () => setModeFor(harness, fault.agency, fault.mode, fault.forMs));
        case "DUPLICATE":
          return duplicate(query, faultyClient, fault.parts);
        case "CANCEL":
          return cancelKnown(query, faultyClient);
        case "CANCEL_THEN_DELIVER":
          return cancelUnsentBirth(query, faultyClient, fault.child);
      }
    },
    async endFaults() {
      await Promise.all(queues.values());
      for (const agency of agencyCodes) harness.demo.setFaultMode(agency, "UP");
      await harness.start("postgres");
      for (const each of harnessServers) {
        harness.signal(each, "SIGCONT");
        await harness.start(each);
      }
      await harness.system.ready();
    },
    close,
  };
}

type Query = FaultInjector["query"];

/** Connections that survive restarts of the database; the harness's own are for a settled system. */
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
  await harness.killAndAwait(target);
  await harness.stop(target);
  await sleep(downMs);
  await harness.start(target);
}

async function stallFor(harness: Harness, target: HarnessProcess, forMs: number): Promise<void> {
  harness.signal(target, "SIGSTOP");
  await sleep(forMs);
  harness.signal(target, "SIGCONT");
}

async function setModeFor({ demo }: Harness, agency: AgencyCode, mode: FaultMode, forMs: number): Promise<void> {
  demo.setFaultMode(agency, mode);
  await sleep(forMs);
  demo.setFaultMode(agency, "UP");
}

async function killBackend({ system }: Harness, query: Query, database: SubgraphName): Promise<void> {
  const name = new URL(system.databaseUrls[database]).pathname.slice(1);
  const [backend] = await query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid() order by pid limit 1`,
  );
  if (backend) process.kill(backend.pid, "SIGKILL");
}

/** Delivers some sent or decided parts again, each twice at once. */
async function duplicate(query: Query, faultyClient: FaultyClient, parts: number): Promise<void> {
  const chosen = await query<{ id: string }>(
    `select id from steps where state not in ('BLOCKED', 'READY', 'NOT_APPLICABLE') order by random() limit ${parts}`,
  );
  for (const { id } of chosen) {
    const delivery = await within(TIMEOUT_MS, faultyClient.copyOf(id));
    if (delivery) await Promise.allSettled([faultyClient.deliver(delivery), faultyClient.deliver(delivery)]);
  }
}

/** Cancels one part in any state: a granted part must stay granted, an open one may be cancelled. */
async function cancelKnown(query: Query, faultyClient: FaultyClient): Promise<void> {
  const [chosen] = await query<{ id: string; agency: AgencyCode }>(
    "select id, agency from steps where state in ('SENT', 'GRANTED', 'SUPPLEMENT_NEEDED') order by random() limit 1",
  );
  if (chosen) await faultyClient.cancel(chosen.agency, chosen.id);
}

/** Cancels the birth of a child that no desk sends, then delivers it. */
async function cancelUnsentBirth(query: Query, faultyClient: FaultyClient, child: number): Promise<void> {
  const [some] = await query<{ request: Uint8Array }>("select request from requests limit 1");
  if (!some) return;
  const sent = unpackJson(some.request) as BirthRequest; // the campaign sends requests of births alone
  const { birthNotice } = requestFor(child, sent.office, legalDayOf(new Date())).child;
  const request = { ...sent, child: { ...sent.child, birthNotice } } as BirthRequest; // the same shape with another notice
  await faultyClient.cancelThenDeliver(unsolicitedDelivery("BIRTH", request, {}));
}

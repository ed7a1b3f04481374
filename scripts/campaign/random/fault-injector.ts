import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import { within } from "../../../subgraphs/_shared/serving/database.ts";
import type { AgencyCode, SubgraphName } from "../../../subgraphs/agency-registry.ts";
import type { BirthRequest } from "../../../subgraphs/one-stop/bundles/birth/request.ts";
import { requestFor } from "../birth-requests.ts";
import { type Rogue, rogue, strayParcel } from "../faulty-client.ts";
import type { Arena, Fighter } from "../harness.ts";
import type { Ledger } from "../ledger.ts";
import type { Act } from "./fault-schedule.ts";

/** Performs acts, those on the same process or agency one after the other. */
export type Chaos = {
  /** Resolves when the act is over. Rejects when there was nothing to do it to, such as a database that is down. */
  perform(act: Act): Promise<void>;
  /** Looks into the desk's database; it may be down. */
  look<T extends object>(query: string): Promise<T[]>;
  /** Ends everything bad and brings everything up. */
  heal(): Promise<void>;
  close(): Promise<void>;
};

const PATIENCE_MS = 3_000;
const FIGHTERS: Fighter[] = ["gateway", "one-stop", "second-desk", "civil-status", "residence", "health-insurance"];
const AGENCIES: AgencyCode[] = ["CIVIL_STATUS", "RESIDENCE", "HEALTH_INSURANCE"];

export function chaos(arena: Arena, ledger: Ledger): Chaos {
  const connections = new Map<SubgraphName, postgres.Sql>();
  /** Connections that live through restarts of the server: those of the arena are for times of rest. */
  const sql = (name: SubgraphName) => {
    const known = connections.get(name);
    if (known) return known;
    const backoff = () => 0.2;
    const made = postgres(arena.system.databaseUrls[name], { max: 2, backoff, connect_timeout: 2, onnotice: () => {} });
    connections.set(name, made);
    return made;
  };
  const stray = rogue({ ...arena, sql }, ledger);
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

  async function killed(target: Fighter, downMs: number): Promise<void> {
    await arena.killed(target);
    await arena.stop(target);
    await sleep(downMs);
    await arena.revive(target);
  }

  async function stalled(target: Fighter, forMs: number): Promise<void> {
    arena.kill(target, "SIGSTOP");
    await sleep(forMs);
    arena.kill(target, "SIGCONT");
  }

  async function killBackend(database: SubgraphName): Promise<void> {
    const name = new URL(arena.system.databaseUrls[database]).pathname.slice(1);
    const [backend] = await look<{ pid: number }>(
      `select pid from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid() order by pid limit 1`,
    );
    if (backend) process.kill(backend.pid, "SIGKILL");
  }

  return {
    look,
    perform(act) {
      switch (act.kind) {
        case "KILL":
          return inTurn(act.target, () => killed(act.target, act.downMs));
        case "KILL_BACKEND":
          return killBackend(act.database);
        case "STALL":
          return inTurn(act.target, () => stalled(act.target, act.forMs));
        case "MOOD":
          return inTurn(act.agency, async () => {
            arena.demo.setMood(act.agency, act.mood);
            await sleep(act.forMs);
            arena.demo.setMood(act.agency, "UP");
          });
        case "DUPLICATE":
          return duplicate(look, stray, act.parts);
        case "CANCEL":
          return cancelKnown(look, stray);
        case "BURY":
          return buryStray(look, stray, act.child);
      }
    },
    async heal() {
      await Promise.all(queues.values());
      for (const agency of AGENCIES) arena.demo.setMood(agency, "UP");
      await arena.revive("postgres");
      for (const fighter of FIGHTERS) {
        arena.kill(fighter, "SIGCONT");
        await arena.revive(fighter);
      }
      await arena.system.ready();
    },
    async close() {
      await Promise.all([...connections.values()].map((one) => one.end({ timeout: 1 })));
    },
  };
}

type Look = Chaos["look"];

/** Some parts that are under way or decided, each twice at once. */
async function duplicate(look: Look, stray: Rogue, parts: number): Promise<void> {
  const chosen = await look<{ id: string }>(
    `select id from steps where state not in ('BLOCKED', 'READY', 'NOT_APPLICABLE') order by random() limit ${parts}`,
  );
  for (const { id } of chosen) {
    const parcel = await within(PATIENCE_MS, stray.copyOf(id));
    if (parcel) await Promise.allSettled([stray.deliver(parcel), stray.deliver(parcel)]);
  }
}

/** One part, whatever has become of it: what is granted must stay so, what is open may be cancelled. */
async function cancelKnown(look: Look, stray: Rogue): Promise<void> {
  const [chosen] = await look<{ id: string; agency: AgencyCode }>(
    "select id, agency from steps where state in ('SENT', 'GRANTED', 'SUPPLEMENT_NEEDED') order by random() limit 1",
  );
  if (chosen) await stray.cancel(chosen.agency, chosen.id);
}

/** The birth of a child that no desk sends: cancelled first, delivered late. */
async function buryStray(look: Look, stray: Rogue, child: number): Promise<void> {
  const [some] = await look<{ request: BirthRequest }>("select request from requests limit 1");
  if (!some) return;
  const { birthNotice } = requestFor(child, some.request.office, legalDayOf(new Date())).child;
  const request = { ...some.request, child: { ...some.request.child, birthNotice } } as BirthRequest; // of the same shape
  await stray.bury(strayParcel("BIRTH", request, {}));
}

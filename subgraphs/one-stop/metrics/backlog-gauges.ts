import type { Registry } from "prom-client";
import { measuredGauge } from "../../_shared/metrics/measured-gauge.ts";
import type { OpenDatabase } from "../../_shared/serving/database.ts";
import { subgraphs } from "../../agency-registry.ts";
import { backlogByAgency } from "../outbox/backlog-by-agency.ts";
import { IDS_OF_A_ROW } from "../saga/stored-history.ts";

type Watching = { registry: Registry; database: Pick<OpenDatabase, "db" | "sql">; now: () => Date };

/** Gauges of what the desk still has to tell agencies and others. Every process of a desk gives the same values. */
export function backlogGauges({ registry, database: { db, sql }, now }: Watching): void {
  const gauge = measuredGauge.bind(null, registry);
  const backlog = sharedWhileRunning(() => backlogByAgency(db));
  gauge(
    {
      name: "motcua_outbox_steps",
      help: "Steps that wait to be delivered, and those of them whose last delivery has failed",
      labels: ["agency", "state"],
    },
    async () => {
      const rows = new Map((await backlog()).map((row) => [row.agency, row]));
      return subgraphs.flatMap(({ agency }) => [
        [{ agency, state: "waiting" }, rows.get(agency)?.waiting ?? 0],
        [{ agency, state: "failing" }, rows.get(agency)?.failing ?? 0],
      ]);
    },
  );
  gauge(
    {
      name: "motcua_outbox_oldest_seconds",
      help: "Business time for which the oldest undelivered step waits; 0 where none does",
      labels: ["agency"],
    },
    async () => {
      const rows = await backlog();
      const since = new Map(rows.map(({ agency, oldestSince }) => [agency, oldestSince?.getTime()]));
      const at = now().getTime();
      return subgraphs.map(({ agency }) => [{ agency }, (at - (since.get(agency) ?? at)) / 1_000]);
    },
  );
  streamGauges(gauge, sql);
  gauge(
    {
      name: "motcua_outside_deliveries",
      help: "Deliveries to webhooks, by message and to the national portal: those that wait, and those that a person has to look at",
      labels: ["channel", "state"],
    },
    () => outsideDeliveries(sql),
  );
}

/** A query for gauges that a scrape measures at the same time: none begins while one runs. */
function sharedWhileRunning<Rows>(query: () => PromiseLike<Rows>): () => Promise<Rows> {
  let running: Promise<Rows> | undefined;
  return () => {
    running ??= Promise.resolve(query()).finally(() => {
      running = undefined;
    });
    return running;
  };
}

/** One row for each channel: what waits, and what has stopped until a person looks at it. */
async function outsideDeliveries(sql: OpenDatabase["sql"]) {
  const rows = await sql<{ channel: string; waiting: number; stopped: number }[]>`
    select 'webhook' as channel,
           (select count(*)::int from webhook_deliveries where state = 'PENDING') as waiting,
           (select count(*)::int from webhook_deliveries where state = 'DEAD_LETTER') as stopped
     union all
    select 'message',
           (select count(*)::int from message_deliveries where state = 'WAITING'),
           (select count(*)::int from message_deliveries where state = 'UNDELIVERED' and settled_at is null)
     union all
    select 'national portal',
           (select count(*)::int from portal_deliveries where next_attempt_at is not null),
           (select count(*)::int from portal_deliveries where problem is not null)`;
  return rows.flatMap(({ channel, waiting, stopped }) => [
    [{ channel, state: "waiting" }, waiting] as const,
    [{ channel, state: "stopped" }, stopped] as const,
  ]);
}

type Gauge = (...args: Parameters<typeof measuredGauge> extends [Registry, ...infer Rest] ? Rest : never) => void;

/** Gauges of the stream of changes and of its consumers inside the desk. */
function streamGauges(gauge: Gauge, sql: OpenDatabase["sql"]): void {
  gauge(
    {
      name: "motcua_change_stream_position",
      help: "Rows of the history up to which the stream of changes is complete",
      labels: [],
    },
    async () => {
      const rows = await sql<{ row: number }[]>`select settled / ${IDS_OF_A_ROW} as row from change_stream`;
      return rows.map(({ row }) => [{}, Number(row)]);
    },
  );
  gauge(
    {
      name: "motcua_change_consumer_lag",
      help: "Rows of the history between the end of the stream and a consumer's position",
      labels: ["consumer"],
    },
    async () => {
      const rows = await sql<{ consumer: string; lag: number }[]>`
        select name as consumer, greatest(settled - row, 0) / ${IDS_OF_A_ROW} as lag from change_consumers, change_stream`;
      return rows.map(({ consumer, lag }) => [{ consumer }, Number(lag)]);
    },
  );
}

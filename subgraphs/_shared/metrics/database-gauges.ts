import type { Registry } from "prom-client";
import type { OpenDatabase } from "../serving/database.ts";
import { measuredGauge } from "./measured-gauge.ts";

/** Gauges of an agency's database and of the connections to it. */
export function databaseGauges(registry: Registry, { ping, relaxed }: OpenDatabase, pool: number): void {
  const gauge = measuredGauge.bind(null, registry);
  gauge({ name: "motcua_database_up", help: "1 if the database answers within a second, else 0", labels: [] }, () =>
    ping().then(
      () => [[{}, 1]],
      () => [[{}, 0]],
    ),
  );
  gauge(
    {
      name: "motcua_database_response_seconds",
      help: "Time to get a connection of the pool and one answer; absent if there is none within a second",
      labels: [],
    },
    async () => {
      const begun = performance.now();
      await ping();
      return [[{}, (performance.now() - begun) / 1_000]];
    },
  );
  gauge(
    { name: "motcua_database_pool_connections", help: "Most connections of each of the two pools", labels: [] },
    async () => [[{}, pool]],
  );
  gauge(
    {
      name: "motcua_database_connections",
      help: "Connections of all processes of the agency, by their state in pg_stat_activity",
      labels: ["state"],
    },
    async () => {
      // by the small pool, which has room while the others wait
      const rows = await relaxed<{ state: string; count: number }[]>`
        select coalesce(state, 'unknown') as state, count(*)::int as count from pg_stat_activity
         where datname = current_database() and usename = current_user and application_name = current_setting('application_name')
         group by 1`;
      return rows.map(({ state, count }) => [{ state }, count]);
    },
  );
}

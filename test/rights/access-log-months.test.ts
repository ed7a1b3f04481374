import { beforeAll, describe, expect, test } from "vitest";
import { keepAccessPartitions } from "../../subgraphs/_shared/access-log/partitions.ts";
import { aBirthRequest, submit } from "../given.ts";
import { sharedWorld } from "../world.ts";

const world = sharedWorld();
beforeAll(() => submit(world.current, aBirthRequest())); // its check is recorded at civil status

describe("the months of the access log", () => {
  const months = (sql: ReturnType<typeof world.current.sql>) => sql<{ name: string; rows: number }[]>`
    select c.relname as name, (select count(*)::int from access_log a where a.tableoid = c.oid) as rows
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'access_log'::regclass order by c.relname`;

  test("this month's access records are in this month's partition", async () => {
    const sql = world.current.sql("civil-status");
    const [now] = await sql<{ name: string }[]>`select 'access_log_' || to_char(now(), 'YYYY_MM') as name`;
    const filled = (await months(sql)).filter(({ rows }) => rows > 0);
    expect(filled.map(({ name }) => name)).toEqual([now?.name]);
    expect(await months(sql)).toHaveLength(3);
  });

  test("access log partitions are dropped only when they are older than the retention", async () => {
    const sql = world.current.sql("land");
    const [old] = await sql<{ last: string; kept: string }[]>`
      select to_char(now() - interval '25 months', 'YYYY-MM-01') as last, to_char(now() - interval '24 months', 'YYYY-MM-01') as kept`;
    const { last = "", kept = "" } = old ?? {};
    const partition = (day: string) => `access_log_${day.slice(0, 7).replace("-", "_")}`;
    for (const day of [last, kept])
      await sql.unsafe(`create table ${partition(day)} partition of access_log
        for values from ('${day}') to ('${day}'::date + interval '1 month')`);
    await sql`insert into access_log (at, request_id, action, subject, role, citizens, fields)
      values (${last}, 'old', 'READ', 's', 'clerk', '{1}', '{f}'), (${kept}, 'old', 'READ', 's', 'clerk', '{1}', '{f}')`;
    await keepAccessPartitions(sql, 24);
    const names = (await months(sql)).map(({ name }) => name);
    expect([names.includes(partition(last)), names.includes(partition(kept)), names.length]).toEqual([false, true, 4]);
    expect(await sql`select 1 from access_log where request_id = 'old'`).toHaveLength(1);
  });

  test("access log partitions may be maintained by many processes at once", async () => {
    const sql = world.current.sql("business");
    await sql.unsafe(`drop table ${(await months(sql)).at(-1)?.name}`);
    await Promise.all(Array.from({ length: 4 }, () => keepAccessPartitions(sql, 24)));
    expect(await months(sql)).toHaveLength(3);
  });
});

import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { closeServer, listen } from "../../../subgraphs/_shared/serving/http.ts";
import type { Figure } from "../../figures/recorded-figures.ts";
import { administratorUrls, loadDossiers } from "../loader.ts";
import { finishedBundle } from "../originals.ts";
import type { Store } from "./year.ts";

/** Deliveries of each dossier: about as many as a 3-in-1 request has changes. */
const OF_A_DOSSIER = 10;
const SLOW_MS = 2_000;
/** Part of its own pace that a fast receiver keeps beside a slow one. */
const TARGET_SHARE = 0.8;

/**
 * Deliveries per second to a receiver that answers at once: alone, and beside one that answers after two seconds. The deliveries
 * are written beforehand, while the webhooks are paused.
 */
export async function webhooks({ system, people, dossiers }: Store, say: (line: string) => void): Promise<Figure[]> {
  say(`Webhooks: ${dossiers * OF_A_DOSSIER} deliveries to a fast receiver, alone and beside a slow one`);
  const urls = administratorUrls(system.adminUrl);
  const original = await finishedBundle(system, people.desks);
  await loadDossiers(urls, dossiers, () => original, { say });
  const sql = postgres(system.databaseUrls["one-stop"], { max: 2, onnotice: () => {} });
  const [fast, slow] = [await serve(0), await serve(SLOW_MS)];
  try {
    const alone = await pace(sql, fast, [fast]);
    const beside = await pace(sql, fast, [fast, slow]);
    const share = beside / alone;
    say(`  ${alone.toFixed(0)} a second alone, ${beside.toFixed(0)} beside the slow one, which got ${slow.count()}`);
    return [
      { what: "webhook deliveries a second to a fast receiver", measured: alone.toFixed(0) },
      {
        what: "the same beside a receiver that answers after 2 s",
        measured: `${beside.toFixed(0)} (${(share * 100).toFixed(0)} %)`,
        ...{ target: `at least ${TARGET_SHARE * 100} %`, reached: share >= TARGET_SHARE },
      },
    ];
  } finally {
    await sql.end();
    await Promise.all([fast, slow].map(({ server }) => closeServer(server, 0)));
  }
}

type Receiver = { server: Server; url: string; count(): number };

async function serve(ms: number): Promise<Receiver> {
  let count = 0;
  const server = createServer((request, response) => {
    count++;
    request.resume();
    setTimeout(() => response.writeHead(204).end(), ms);
  });
  const url = `http://127.0.0.1:${await listen(server, 0)}/`;
  return { server, url, count: () => count };
}

/** Deliveries a second to one of the receivers, from the end of a pause until it has all. */
async function pace(sql: postgres.Sql, measured: Receiver, receivers: readonly Receiver[]): Promise<number> {
  await sql`delete from webhooks`;
  for (const { url } of receivers) await createPaused(sql, url);
  const before = measured.count();
  const [{ all } = { all: 0 }] = await sql<{ all: number }[]>`
    select count(*)::int as all from webhook_deliveries d join webhooks w on w.id = d.webhook_id where w.url = ${measured.url}`;
  const began = performance.now();
  await sql`update webhooks set paused_at = null, pause_reason = null`;
  while (measured.count() - before < all) await sleep(20);
  return all / ((performance.now() - began) / 1_000);
}

async function createPaused(sql: postgres.Sql, url: string): Promise<void> {
  const id = randomUUID();
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  await sql`
    insert into webhooks (id, url, reach_province, paused_at, pause_reason, owner, idempotency_key, body_hash, created_at)
    values (${id}, ${url}, '92', now(), 'BY_HAND', 'bench', ${id}, '', now())`;
  await sql`insert into webhook_secrets (webhook_id, secret, idempotency_key) values (${id}, ${secret}, ${id})`;
  await sql`
    insert into webhook_deliveries (id, webhook_id, kind, dossier_id, code, row, place, dossier_state, at)
    select gen_random_uuid(), ${id}, 'CHANGE', d.id, d.code, n, 0, d.state, now()
      from dossiers d cross join generate_series(1, ${OF_A_DOSSIER}::int) n`;
}

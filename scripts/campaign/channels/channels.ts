import { randomUUID } from "node:crypto";
import type { Harness } from "../harness.ts";
import { type ChannelFacts, readChannelFacts } from "./channel-facts.ts";
import { channelsSettled } from "./channels-settled.ts";
import { type FailingReceiver, openFailingReceiver } from "./failing-receiver.ts";

/** The channels by which the desk tells the world of changes: a webhook's receiver, the spool of messages, the national portal. */
export type Channels = {
  /** Waits until the channels have delivered everything, and reads what they have. */
  facts(seconds: number): Promise<ChannelFacts>;
  close(): Promise<void>;
};

type System = Pick<Harness, "sql" | "system" | "data">;

/** Creates a webhook of the province of a commune. What is compared begins now. */
export async function openChannels(harness: System, commune: string, seed: number): Promise<Channels> {
  const receiver = await openFailingReceiver(seed);
  const sql = harness.sql("one-stop");
  const [begin] = await sql<{ row: string }[]>`select coalesce(max(id), 0) as row from history`;
  const [place] = await sql<{ province: string }[]>`select province from communes where code = ${commune} limit 1`;
  const province = place?.province ?? "";
  await createWebhook(sql, receiver, province);
  return {
    async facts(seconds) {
      receiver.calm();
      await channelsSettled(harness, seconds);
      return readChannelFacts(harness, { receiver, province, begin: Number(begin?.row) });
    },
    close: () => receiver.close(),
  };
}

async function createWebhook(sql: ReturnType<Harness["sql"]>, { url }: FailingReceiver, province: string) {
  const id = randomUUID();
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  await sql`
    insert into webhooks (id, url, reach_province, owner, idempotency_key, body_hash, created_at)
    values (${id}, ${url}, ${province}, 'campaign', ${id}, '', now())`;
  await sql`insert into webhook_secrets (webhook_id, secret, idempotency_key) values (${id}, ${secret}, ${id})`;
}

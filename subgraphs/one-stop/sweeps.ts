import type { Logger } from "pino";
import type postgres from "postgres";
import { voidExpiredCodes } from "./acceptance/reserved-codes.ts";
import { removeExpiredAnswerCodes } from "./answer-codes/answer-codes.ts";
import { noteChangeDay, summariseHistoryNumbers } from "./changes/retention.ts";
import type { Settler } from "./changes/settle-changes.ts";
import type { OneStopConfiguration } from "./configuration.ts";
import { removeExpiredDrafts } from "./drafts/expiry.ts";
import { removeOldHandledParts } from "./figures/handled-parts.ts";
import { removeOldMessages } from "./messages/retention.ts";
import { removeEmptyOpenWork } from "./supervision/fold-open-work.ts";
import { tidyWebhookDeliveries } from "./webhooks/retention.ts";

const SWEEP_MS = 60_000;
/** Longest wait of a sweep for transactions that are writing changes. */
const SETTLE_MS = 5_000;

type Sweeping = {
  sql: postgres.Sql;
  settler: Settler;
  configuration: OneStopConfiguration;
  log: Logger;
  now: () => Date;
};

/** Ends every minute what has reached its term: reserved codes, drafts, answer codes, old messages and deliveries, orphaned attachments. */
export function startSweeps({ sql, settler, configuration, log, now }: Sweeping): { stop(): void } {
  const { changesDays, attachments, messages } = configuration;
  const sweeps: [fault: string, run: () => Promise<unknown> | undefined][] = [
    ["the stream of changes is not tended yet", () => keepChanges(sql, settler, changesDays)],
    ["expired codes are not void yet", () => voidExpiredCodes(sql, now())],
    ["expired drafts are not removed yet", () => removeExpiredDrafts(sql, now())],
    ["expired answer codes are not removed yet", () => removeExpiredAnswerCodes(sql, now())],
    ["old messages are not removed yet", () => removeOldMessages(sql, messages.keptDays, now())],
    ["counts of no open parts are not removed yet", () => removeEmptyOpenWork(sql)],
    ["old counts of decided parts are not removed yet", () => removeOldHandledParts(sql, now())],
    ["webhook deliveries are not tidied yet", () => tidyWebhookDeliveries(sql, changesDays)],
    ["orphaned attachments are not removed yet", () => attachments?.removeOrphans(sql, Date.now())],
  ];
  const timer = setInterval(() => {
    for (const [fault, run] of sweeps) run()?.catch((err: unknown) => log.warn({ err }, fault));
  }, SWEEP_MS);
  return { stop: () => clearInterval(timer) };
}

async function keepChanges(sql: postgres.Sql, { settle }: Settler, retentionDays: number): Promise<void> {
  await settle(SETTLE_MS);
  await noteChangeDay(sql, retentionDays);
  await summariseHistoryNumbers(sql);
}

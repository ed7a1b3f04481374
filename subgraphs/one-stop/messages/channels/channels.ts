import type postgres from "postgres";
import type { MessageConfiguration } from "../configuration.ts";
import type { ChannelName } from "../routes.ts";
import { takeReceipt } from "../sms-receipts.ts";
import { stopAddress } from "../stops.ts";
import type { Channel } from "./channel.ts";
import { smppChannel } from "./smpp.ts";
import { smtpChannel } from "./smtp.ts";
import { spoolChannel } from "./spool.ts";

type Opening = { sql: postgres.Sql; timeoutMs: number; now: () => Date };

/** The configured channels. */
export function openChannels(
  { routes, spoolDirectory, smtp, smpp }: MessageConfiguration,
  { sql, timeoutMs, now }: Opening,
): Partial<Record<ChannelName, Channel>> {
  return {
    ...(routes.flat().includes("spool") && { spool: spoolChannel(spoolDirectory) }),
    ...(smtp && { smtp: smtpChannel(smtp, timeoutMs) }),
    ...(smpp && {
      smpp: smppChannel(smpp, timeoutMs, {
        receipt: (receipt) => takeReceipt(sql, receipt, now()),
        stopped: (phone) => stopAddress(sql, phone, now()),
      }),
    }),
  };
}

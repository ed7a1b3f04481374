import * as z from "zod";
import { list, milliseconds, readEnvironment } from "../../_shared/serving/environment.ts";
import { type AllowedAddresses, readRanges } from "./receiver-addresses.ts";

export type WebhookConfiguration = {
  /** Special ranges of addresses that receivers may have. */
  allowedAddresses: AllowedAddresses;
  /** True where addresses must be https. */
  demandsHttps: boolean;
  /** Time limit of one attempt, in milliseconds. */
  timeoutMs: number;
  /** Days without a success after which a failing webhook is paused. */
  pauseAfterDays: number;
};

const ranges = list.transform((texts, context): AllowedAddresses => {
  if (texts.length === 1 && texts[0] === "on") return "ALL";
  try {
    return readRanges(texts);
  } catch {
    context.addIssue({ code: "custom", message: "must be on, or ranges such as 10.1.0.0/16,fd00:1::/32" });
    return z.NEVER;
  }
});

/** @throws BadConfiguration naming every bad variable. */
export function webhookConfiguration(environment: NodeJS.ProcessEnv): WebhookConfiguration {
  const read = readEnvironment(
    {
      ...{ WEBHOOK_PRIVATE_ADDRESSES: ranges, WEBHOOK_TIMEOUT_MS: milliseconds(15_000, 100) },
      WEBHOOK_PAUSE_DAYS: z.coerce.number().int().min(1).max(90).default(5),
    },
    environment,
  );
  return {
    allowedAddresses: read.WEBHOOK_PRIVATE_ADDRESSES,
    demandsHttps: environment.NODE_ENV === "production",
    timeoutMs: read.WEBHOOK_TIMEOUT_MS,
    pauseAfterDays: read.WEBHOOK_PAUSE_DAYS,
  };
}

import * as z from "zod";
import { BadConfiguration, milliseconds, readEnvironment } from "../../_shared/serving/environment.ts";

/** Account of the desk at a payment provider. */
export type ProviderAccount = { url: string; merchant: string; secret: string };

export type PaymentConfiguration = {
  /** Null where fees are paid at the counter alone. */
  provider: ProviderAccount | null;
  /** Working days in which the fee of an online dossier is to be paid; 0: no term. */
  termDays: number;
  /** Milliseconds before the provider is asked for an order without a notice; doubles with every question. */
  queryMs: number;
};

/** @throws BadConfiguration naming every bad variable. */
export function paymentConfiguration(environment: NodeJS.ProcessEnv): PaymentConfiguration {
  const read = readEnvironment(
    {
      PAYMENT_PROVIDER_URL: z.url({ protocol: /^https?$/ }).optional(),
      PAYMENT_MERCHANT: z.string().optional(),
      PAYMENT_SECRET: z.string().min(32, "must have 32 characters or more").optional(),
      PAYMENT_TERM_DAYS: z.coerce.number().int().min(0).max(365).default(10),
      PAYMENT_QUERY_MS: milliseconds(30_000),
    },
    environment,
  );
  const { PAYMENT_PROVIDER_URL: url, PAYMENT_MERCHANT: merchant, PAYMENT_SECRET: secret } = read;
  const limits = { termDays: read.PAYMENT_TERM_DAYS, queryMs: read.PAYMENT_QUERY_MS };
  if (!url) return { provider: null, ...limits };
  if (!merchant || !secret)
    throw new BadConfiguration("  PAYMENT_PROVIDER_URL: needs PAYMENT_MERCHANT and PAYMENT_SECRET");
  if (environment.NODE_ENV === "production" && !url.startsWith("https:"))
    throw new BadConfiguration("  PAYMENT_PROVIDER_URL: must be https when NODE_ENV=production");
  return { provider: { url: url.replace(/\/$/, ""), merchant, secret }, ...limits };
}

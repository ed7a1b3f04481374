import { request } from "undici";
import * as z from "zod";
import type { ProviderAccount } from "./configuration.ts";
import { SIGNATURE_HEADER, signatureFault, signMessage } from "./signature.ts";

/** State of an order at the provider. */
export type ProviderOrder = {
  state: "OPEN" | "PAID" | "REVERSED";
  /** The transaction that paid it; null while it is open. */
  transaction: string | null;
  /** Amount that was paid, in dong. */
  amountVnd: number;
  payUrl: string;
};

/** The provider gave no usable answer; the call is repeated. */
export class ProviderUnavailable extends Error {}

/** The provider rejects the request, such as a refund of a reversed payment. A person has to review it. */
export class ProviderRefusal extends Error {}

/** A payment provider. All calls may be repeated: an order is identified by its number, a refund by its key. */
export type PaymentProvider = {
  /** Opens an order, or returns the one with this number. @throws ProviderUnavailable, ProviderRefusal */
  open(order: string, amountVnd: number, text: string): Promise<ProviderOrder>;
  /** Null if the provider does not know the order. @throws ProviderUnavailable, ProviderRefusal */
  find(order: string): Promise<ProviderOrder | null>;
  /** Pays an amount back, once for each key. @returns the provider's number. @throws ProviderUnavailable, ProviderRefusal */
  refund(order: string, key: string, amountVnd: number): Promise<string>;
};

const orderShape = z.object({
  state: z.enum(["OPEN", "PAID", "REVERSED"]),
  transaction: z.string().nullable(),
  amountVnd: z.int().min(0),
  payUrl: z.url(),
});
const refundShape = z.object({ refund: z.string().min(1) });

/** Client of a provider that speaks the protocol of `payments/PROTOCOL.md`. Requests and answers are signed. */
export function paymentProvider({ url, merchant, secret }: ProviderAccount, timeoutMs: number): PaymentProvider {
  async function call<T>(path: string, message: object, shape: z.ZodType<T>): Promise<T | null> {
    const body = JSON.stringify({ merchant, ...message });
    const { statusCode, text, signature } = await post(`${url}${path}`, body, signMessage(secret, body, Date.now()));
    if (statusCode >= 500 || statusCode === 429) throw new ProviderUnavailable(`HTTP ${statusCode}`);
    const fault = signatureFault(secret, signature, text, Date.now());
    if (fault) throw new ProviderUnavailable(`The signature of the answer is ${fault}`);
    if (statusCode === 404) return null;
    if (statusCode !== 200) throw new ProviderRefusal(`HTTP ${statusCode}: ${text.slice(0, 200)}`);
    const parsed = shape.safeParse(parseJson(text));
    if (!parsed.success) throw new ProviderUnavailable("The answer has another shape");
    return parsed.data;
  }

  async function post(address: string, body: string, signature: string) {
    try {
      const answer = await request(address, {
        method: "POST",
        headers: { "content-type": "application/json", [SIGNATURE_HEADER]: signature },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await answer.body.text();
      return { statusCode: answer.statusCode, text, signature: answer.headers[SIGNATURE_HEADER] };
    } catch (error) {
      throw new ProviderUnavailable(error instanceof Error ? error.message : String(error));
    }
  }

  return {
    async open(order, amountVnd, text) {
      return known(await call("/orders", { order, amountVnd, text }, orderShape));
    },
    find: (order) => call("/orders/state", { order }, orderShape),
    async refund(order, key, amountVnd) {
      return known(await call("/refunds", { order, key, amountVnd }, refundShape)).refund;
    },
  };
}

function known<T>(answer: T | null): T {
  if (answer === null) throw new ProviderRefusal("The provider does not know the order");
  return answer;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

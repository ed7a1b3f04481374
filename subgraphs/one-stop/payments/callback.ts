import * as z from "zod";
import type { Endpoint } from "../../_shared/serving/subgraph.ts";
import type { Desk } from "../desk.ts";
import { applyNotice } from "./apply-notice.ts";
import type { Notice } from "./notice.ts";
import { SIGNATURE_HEADER, signatureFault } from "./signature.ts";

const noticeShape = z.object({
  merchant: z.string(),
  kind: z.enum(["PAID", "REVERSED"]),
  transaction: z.string().min(1).max(100),
  order: z.string().min(1).max(100),
  amountVnd: z.int().min(0),
});

/**
 * Receives the provider's notices. A genuine notice is answered with 200 when it is durable, also if it is repeated or
 * waits for a review. A forged, late or malformed notice is not stored.
 */
export function paymentCallback(desk: () => Desk): Endpoint {
  return async ({ headers, body }) => {
    const { paymentContext, configuration } = desk();
    const { provider } = configuration.payments;
    if (!provider) return refused(404, "No payment provider is configured");
    const fault = signatureFault(provider.secret, headers[SIGNATURE_HEADER], body, Date.now());
    if (fault) return refused(401, `The signature is ${fault}`);
    const notice = readNotice(body, provider.merchant);
    if (!notice) return refused(400, "The notice is malformed or for another merchant");
    return { status: 200, body: { result: await applyNotice(paymentContext, notice, "CALLBACK") } };
  };
}

function readNotice(body: Buffer, own: string): Notice | null {
  try {
    const { merchant, ...notice } = noticeShape.parse(JSON.parse(body.toString()));
    return merchant === own ? notice : null;
  } catch {
    return null;
  }
}

function refused(status: number, error: string) {
  return { status, body: { error } };
}

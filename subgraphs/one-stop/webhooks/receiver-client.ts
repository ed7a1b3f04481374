import { Webhook } from "standardwebhooks";
import { Agent, type Dispatcher } from "undici";
import { type Attempt, type AttemptFailure, retryAfterMs } from "./attempt.ts";
import type { WebhookConfiguration } from "./configuration.ts";
import { AddressRefused, checkedLookup, literalAddress, mayReceive } from "./receiver-addresses.ts";

/** One request to a receiver, signed with each of the secrets. */
export type WebhookMessage = { id: string; url: string; body: string; secrets: readonly string[] };

/** Client of the receivers. */
export type ReceiverClient = {
  /** Makes one attempt; null if `signal` aborted it. Never throws. */
  send(message: WebhookMessage, signal: AbortSignal): Promise<Attempt | null>;
  close(): Promise<void>;
};

/** Largest part of a response's body that is read, so that its connection can be used again. */
const LARGEST_RESPONSE_BYTES = 65_536;
const CONNECT_MS = 5_000;
/** undici's and Node's codes for a connection that was not established. */
const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
]);

export function receiverClient(
  { allowedAddresses, timeoutMs }: WebhookConfiguration,
  lookup = checkedLookup(allowedAddresses),
): ReceiverClient {
  const timeout = Math.min(CONNECT_MS, timeoutMs);
  const agent = new Agent({ connect: { lookup, timeout }, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });

  async function post({ id, url, body, secrets }: WebhookMessage, signal: AbortSignal): Promise<Attempt> {
    const address = literalAddress(new URL(url)); // which no look-up checks
    if (address !== null && !mayReceive(address, allowedAddresses)) throw new AddressRefused(address);
    const at = new Date();
    const response = await agent.request({
      ...{ origin: new URL(url).origin, path: new URL(url).pathname + new URL(url).search },
      method: "POST",
      headers: {
        "content-type": "application/cloudevents+json; charset=utf-8",
        "user-agent": "Motcua-Webhooks",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
        "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(" "),
      },
      body,
      signal,
    });
    // the status says all: what happens to the rest of the response does not matter
    await response.body.dump({ limit: LARGEST_RESPONSE_BYTES, signal }).catch(() => {});
    return attemptOf(response);
  }

  return {
    async send(message, signal) {
      const late = AbortSignal.timeout(timeoutMs);
      try {
        return await post(message, AbortSignal.any([signal, late]));
      } catch (error) {
        if (signal.aborted) return null;
        return { failure: late.aborted ? "TIMEOUT" : failureOf(error), status: null, retryAfterMs: null };
      }
    },
    close: () => agent.destroy(),
  };
}

function attemptOf({ statusCode: status, headers }: Dispatcher.ResponseData): Attempt {
  const [after] = [headers["retry-after"]].flat();
  return { failure: failureOfStatus(status), status, retryAfterMs: retryAfterMs(after, Date.now()) };
}

function failureOfStatus(status: number): AttemptFailure | null {
  if (status >= 200 && status < 300) return null;
  if (status === 410) return "GONE";
  return status >= 300 && status < 400 ? "REDIRECT" : "STATUS";
}

function failureOf(error: unknown): AttemptFailure {
  if (error instanceof AddressRefused) return "ADDRESS_REFUSED";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "UND_ERR_HEADERS_TIMEOUT") return "TIMEOUT";
  return NOT_CONNECTED.has(code) || isTlsFault(code) ? "NOT_CONNECTED" : "NO_RESPONSE";
}

/** True for Node's codes of a certificate or handshake that is not accepted. */
function isTlsFault(code: string): boolean {
  return /CERT|^ERR_(TLS|SSL)_|SELF_SIGNED|^UNABLE_TO_/.test(code);
}

import { setTimeout as sleep } from "node:timers/promises";
import { documentText } from "../demo/gateway-client.ts";
import type { BirthInput } from "./children.ts";
import type { Ledger, Reply, Sent } from "./ledger.ts";

/** The one-stop desk of a commune, whose clerk does not give up. */
export type Desk = {
  commune: string;
  /** Sends a request once. Rejects when there is no reply: then nobody knows whether it was accepted. */
  try(sent: Sent, patienceMs?: number): Promise<Reply>;
  /** Sends a request under one key until there is a reply; `clicks` times at once. Rejects after `GIVES_UP_MS`. */
  submit(input: BirthInput, key: string, clicks?: number): Promise<Sent>;
};

const PATIENCE_MS = 5_000;
const PAUSE_MS = 100;
const GIVES_UP_MS = 180_000;
/** A demo token is good for an hour. */
const TOKEN_MS = 1_800_000;

type Submitted = {
  data?: { submitBirthBundle: { dossier: { code: string } | null; problems: { code: string }[] } | null } | null;
  errors?: { message: string; extensions?: { code?: string } }[];
};

/** Opens the desk of a commune; what it sends is written into the ledger before it is sent. */
export function openDesk(gatewayUrl: string, commune: string, ledger: Ledger, counts = { attempts: 0 }): Desk {
  const query = documentText("submit-birth-bundle");
  let token: { text: string; until: number } | undefined;

  async function bearer(): Promise<string> {
    if (token && token.until > performance.now()) return token.text;
    const response = await fetch(`${gatewayUrl}/dev/token?persona=clerk&commune=${commune}`);
    const { access_token } = (await response.json()) as { access_token: string };
    token = { text: access_token, until: performance.now() + TOKEN_MS };
    return access_token;
  }

  async function send({ input, key }: Sent, patienceMs = PATIENCE_MS): Promise<Reply> {
    counts.attempts++;
    const response = await fetch(`${gatewayUrl}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${await bearer()}` },
      body: JSON.stringify({ query, variables: { input, idempotencyKey: key, waitMs: 0 } }),
      signal: AbortSignal.timeout(patienceMs),
    });
    const { data, errors } = (await response.json()) as Submitted;
    const { dossier, problems = [] } = data?.submitBirthBundle ?? {};
    if (dossier) return { kind: "ACKNOWLEDGED", code: dossier.code };
    if (problems.length > 0) return { kind: "TURNED_AWAY", problems: problems.map(({ code }) => code) };
    throw new Error(errors?.map(({ message }) => message).join("; ") ?? "neither a dossier nor a problem");
  }

  async function insist(sent: Sent): Promise<void> {
    const deadline = performance.now() + GIVES_UP_MS;
    for (;;) {
      try {
        sent.replies.push(await send(sent));
        return;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await sleep(PAUSE_MS);
      }
    }
  }

  return {
    commune,
    try: send,
    async submit(input, key, clicks = 1) {
      const sent: Sent = { owner: `demo:clerk:${commune}`, key, input, replies: [] };
      ledger.sent.push(sent);
      await Promise.all(Array.from({ length: clicks }, () => insist(sent)));
      return sent;
    },
  };
}

import { setTimeout as sleep } from "node:timers/promises";
import { documentText } from "../demo/gateway-client.ts";
import type { BirthInput } from "./birth-requests.ts";
import type { Ledger, Reply, Sent } from "./ledger.ts";

/** Client of a commune's one-stop desk that repeats a request until it gets a response. */
export type DeskClient = {
  commune: string;
  /** Sends a request once. Rejects when there is no response: whether it was accepted is then unknown. */
  try(sent: Sent, patienceMs?: number): Promise<Reply>;
  /** Sends a request under one key, `clicks` times at once, until there is a response. Rejects after the time limit. */
  submit(input: BirthInput, key: string, clicks?: number): Promise<Sent>;
};

const PATIENCE_MS = 8_000;
const PAUSE_MS = { first: 100, longest: 1_000 };
const GIVES_UP_MS = 30_000;
/** A demo token is valid for an hour. */
const TOKEN_MS = 1_800_000;

/** Number of requests, and of missing responses by reason. */
export type DeskCounts = { attempts: number; silences: Record<string, number> };

type Submitted = {
  data?: { submitBirthBundle: { dossier: { code: string } | null; problems: { code: string }[] } | null } | null;
  errors?: { message: string; extensions?: { code?: string } }[];
};

type DeskOptions = {
  ledger: Ledger;
  counts?: DeskCounts;
  /** Time (`performance.now()`) until which a request that began at `since` is repeated; half a minute later by default. */
  givesUpAt?: (since: number) => number;
};

/** Opens the desk of a commune. Each request is written into the ledger before it is sent. */
export function openDeskClient(
  gatewayUrl: string,
  commune: string,
  { ledger, counts = { attempts: 0, silences: {} }, givesUpAt = (since) => since + GIVES_UP_MS }: DeskOptions,
): DeskClient {
  const query = documentText("submit-birth-bundle");
  let token: { text: string; until: number } | undefined;

  async function bearer(): Promise<string> {
    if (token && token.until > performance.now()) return token.text;
    const response = await fetch(`${gatewayUrl}/dev/token?persona=clerk&commune=${commune}`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
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
    const since = performance.now();
    for (let pause = PAUSE_MS.first; ; pause = Math.min(pause * 2, PAUSE_MS.longest)) {
      try {
        sent.replies.push(await send(sent));
        return;
      } catch (error) {
        const reason = reasonOf(error);
        counts.silences[reason] = (counts.silences[reason] ?? 0) + 1;
        if (performance.now() > givesUpAt(since)) throw error;
        await sleep(pause);
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

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error && "code" in error.cause ? String(error.cause.code) : undefined;
  return (cause ?? error.message).replace(/\d{2,}/g, "…").slice(0, 80);
}

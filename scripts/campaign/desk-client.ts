import { setTimeout as sleep } from "node:timers/promises";
import { documentText } from "../demo/gateway-client.ts";
import type { BirthInput } from "./birth-requests.ts";
import type { Ledger, Reply, SentRequest } from "./ledger.ts";

/** Client of a commune's one-stop desk that repeats a request until it gets a response. */
export type DeskClient = {
  commune: string;
  /** Sends a request once. Rejects without a response: the request may have been accepted or not. */
  try(sent: SentRequest, patienceMs?: number): Promise<Reply>;
  /** Sends a request under one key, `clicks` times at once, until there is a response. Rejects after the time limit. */
  submit(input: BirthInput, key: string, clicks?: number, reservedCode?: string): Promise<SentRequest>;
  /** Reserves codes for requests that are received offline. Rejects after the time limit. */
  reserve(count: number, key: string): Promise<string[]>;
};

const TIMEOUT_MS = 8_000;
const PAUSE_MS = { first: 100, longest: 1_000 };
const RETRY_MS = 30_000;
/** A demo token is valid for an hour. */
const TOKEN_MS = 1_800_000;

/** Number of requests, and of missing responses by reason. */
export type DeskCounts = { attempts: number; missingResponses: Record<string, number> };

type Result = { dossier: { code: string } | null; problems: { code: string }[] };
type Response<Data> = { data?: Data | null; errors?: { message: string; extensions?: { code?: string } }[] };
type Submitted = { submitBirthBundle?: Result | null; submitBatch?: { results: Result[] } | null };
type Reserved = { reserveDossierCodes: { codes: string[] } | null };

type DeskOptions = {
  ledger: Ledger;
  counts?: DeskCounts;
  /** Time (`performance.now()`) until which a request that started at `since` is repeated; half a minute later by default. */
  retriesUntil?: (since: number) => number;
};

/** Opens the desk of a commune. Each request is written into the ledger before it is sent. */
export function openDeskClient(
  gatewayUrl: string,
  commune: string,
  { ledger, counts = { attempts: 0, missingResponses: {} }, retriesUntil = (since) => since + RETRY_MS }: DeskOptions,
): DeskClient {
  const [single, batch, reservation] = ["submit-birth-bundle", "submit-batch", "reserve-dossier-codes"].map(
    documentText,
  );
  const bearer = clerkToken(gatewayUrl, commune);

  async function ask<Data>(query: string | undefined, variables: object, patienceMs: number): Promise<Response<Data>> {
    const response = await fetch(`${gatewayUrl}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${await bearer()}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(patienceMs),
    });
    return (await response.json()) as Response<Data>;
  }

  async function send({ input, key, reservedCode }: SentRequest, patienceMs = TIMEOUT_MS): Promise<Reply> {
    counts.attempts++;
    const item = { idempotencyKey: key, dossierCode: reservedCode, birthBundle: input };
    const { data, errors } = reservedCode
      ? await ask<Submitted>(batch, { items: [item] }, patienceMs)
      : await ask<Submitted>(single, { input, idempotencyKey: key, waitMs: 0 }, patienceMs);
    const { dossier, problems = [] } = data?.submitBirthBundle ?? data?.submitBatch?.results[0] ?? {};
    if (dossier) return { kind: "ACKNOWLEDGED", code: dossier.code };
    if (problems.length > 0) return { kind: "REJECTED", problems: problems.map(({ code }) => code) };
    throw new Error(errors?.map(({ message }) => message).join("; ") ?? "neither a dossier nor a problem");
  }

  async function reserve(count: number, key: string): Promise<string[]> {
    const variables = { office: commune, count, idempotencyKey: key };
    const { data, errors } = await ask<Reserved>(reservation, variables, TIMEOUT_MS);
    const { codes = [] } = data?.reserveDossierCodes ?? {};
    if (codes.length === count) return codes;
    throw new Error(errors?.map(({ message }) => message).join("; ") ?? "no codes");
  }

  async function untilAnswered<T>(call: () => Promise<T>): Promise<T> {
    const since = performance.now();
    for (let pause = PAUSE_MS.first; ; pause = Math.min(pause * 2, PAUSE_MS.longest)) {
      try {
        return await call();
      } catch (error) {
        const reason = reasonOf(error);
        counts.missingResponses[reason] = (counts.missingResponses[reason] ?? 0) + 1;
        if (performance.now() > retriesUntil(since)) throw error;
        await sleep(pause);
      }
    }
  }

  return {
    commune,
    try: send,
    reserve: (count, key) => untilAnswered(() => reserve(count, key)),
    async submit(input, key, clicks = 1, reservedCode = undefined) {
      const own = { owner: `demo:clerk:${commune}`, key, input, replies: [] };
      const sent: SentRequest = { ...own, ...(reservedCode && { reservedCode }) };
      ledger.sent.push(sent);
      const click = async () => void sent.replies.push(await untilAnswered(() => send(sent)));
      await Promise.all(Array.from({ length: clicks }, click));
      return sent;
    },
  };
}

/** Demo token of a commune's clerk, renewed before it expires. */
function clerkToken(gatewayUrl: string, commune: string): () => Promise<string> {
  let token: { text: string; until: number } | undefined;
  return async () => {
    if (token && token.until > performance.now()) return token.text;
    const response = await fetch(`${gatewayUrl}/dev/token?persona=clerk&commune=${commune}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { access_token } = (await response.json()) as { access_token: string };
    token = { text: access_token, until: performance.now() + TOKEN_MS };
    return access_token;
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error && "code" in error.cause ? String(error.cause.code) : undefined;
  return (cause ?? error.message).replace(/\d{2,}/g, "…").slice(0, 80);
}

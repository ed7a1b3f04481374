import * as z from "zod";
import { failureReason } from "./failure-reason.ts";
import { polling } from "./polling.ts";
import type { WatchedSource } from "./watched-source.ts";

/** A graph of a registry that speaks the protocol of Apollo Uplink. */
export type UplinkGraph = {
  /** Tried in turn, beginning with the one that responded last. */
  endpoints: readonly string[];
  graphRef: string;
  apiKey: string;
};

const FETCH_TIMEOUT_MS = 30_000;

/** The operation that Apollo's own clients send. */
const QUERY = `query SupergraphSdl($apiKey: String!, $ref: String!, $ifAfterId: ID) {
  routerConfig(ref: $ref, apiKey: $apiKey, ifAfterId: $ifAfterId) {
    __typename
    ... on RouterConfigResult { id supergraphSdl: supergraphSDL minDelaySeconds }
    ... on Unchanged { id minDelaySeconds }
    ... on FetchError { code message }
  }
}`;

const minDelaySeconds = z.number().nonnegative().nullish();
const routerConfig = z.discriminatedUnion("__typename", [
  z.object({
    __typename: z.literal("RouterConfigResult"),
    id: z.string(),
    supergraphSdl: z.string(),
    minDelaySeconds,
  }),
  z.object({ __typename: z.literal("Unchanged"), minDelaySeconds }),
  z.object({ __typename: z.literal("FetchError"), code: z.string(), message: z.string() }),
]);
const envelope = z.object({
  data: z.object({ routerConfig }).nullish(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

/** Codes of refusals that every endpoint would repeat. */
const FINAL_CODES = new Set(["AUTHENTICATION_FAILED", "ACCESS_DENIED", "UNKNOWN_REF"]);

class FinalRefusal extends Error {}

/** Supergraph of a registry, asked for every `pollMs` (0: never), and never more often than the registry allows. */
export function uplinkSource({ endpoints, graphRef, apiKey }: UplinkGraph, pollMs: number): WatchedSource {
  let last: { id: string; sdl: string } | undefined;
  let minDelayMs = 0;
  let current = 0;

  async function ask(endpoint: string): Promise<string> {
    const variables = { apiKey, ref: graphRef, ifAfterId: last?.id ?? null };
    const response = await fetch(endpoint, {
      method: "POST",
      headers: { "content-type": "application/json", "apollographql-client-name": "motcua" },
      body: JSON.stringify({ query: QUERY, variables }),
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    });
    const config = await configOf(response);
    if (config.__typename === "FetchError") {
      const reason = `${config.code}: ${config.message}`;
      throw FINAL_CODES.has(config.code) ? new FinalRefusal(reason) : new Error(reason);
    }
    minDelayMs = (config.minDelaySeconds ?? 0) * 1_000;
    if (config.__typename === "RouterConfigResult") last = { id: config.id, sdl: config.supergraphSdl };
    if (!last) throw new Error("the registry reports no change, but has not sent a supergraph yet");
    return last.sdl;
  }

  async function read(): Promise<string> {
    const reasons: string[] = [];
    for (let tried = 0; tried < endpoints.length; tried++) {
      const endpoint = endpoints[current % endpoints.length] ?? "";
      try {
        return await ask(endpoint);
      } catch (error) {
        if (error instanceof FinalRefusal) throw error;
        reasons.push(`${endpoint}: ${failureReason(error)}`);
        current++;
      }
    }
    throw new Error(reasons.join("; "));
  }

  return polling(read, () => (pollMs === 0 ? 0 : Math.max(pollMs, minDelayMs)));
}

/** Registries answer a wrong request with HTTP 400 and GraphQL errors. */
async function configOf(response: Response): Promise<z.output<typeof routerConfig>> {
  if (!response.ok && response.status !== 400) {
    await response.body?.cancel();
    throw new Error(`HTTP ${response.status}`);
  }
  const text = await response.text();
  const parsed = envelope.safeParse(jsonOf(text));
  if (!parsed.success) throw new Error(`HTTP ${response.status}, but the response does not follow the Uplink protocol`);
  const { data, errors = [] } = parsed.data;
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join(", "));
  if (!data) throw new Error("the response has no data");
  return data.routerConfig;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

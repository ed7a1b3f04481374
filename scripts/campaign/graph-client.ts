import { setTimeout as sleep } from "node:timers/promises";
import type { Person } from "./people-client.ts";

const TIMEOUT_MS = 8_000;
const PAUSE_MS = 250;

/** Client of the gateway for one person. */
export type GraphClient = {
  /** Sends an operation until it is answered. @returns the value of its one root field */
  ask<Data>(query: string, variables: object): Promise<Data>;
  /** Repeats an act until it succeeds. Rejects after the time limit. */
  repeated<T>(act: () => Promise<T>): Promise<T>;
};

type Answer<Data> = { data?: Record<string, Data | null> | null; errors?: { message: string }[] };

/** @param until time (`performance.now()`) until which acts are repeated */
export function openGraphClient(gatewayUrl: string, { persona, commune }: Person, until: () => number): GraphClient {
  const bearer = async () => {
    const answer = await fetch(`${gatewayUrl}/dev/token?persona=${persona}&commune=${commune}`, timed());
    return ((await answer.json()) as { access_token: string }).access_token;
  };

  async function once<Data>(query: string, variables: object): Promise<Data> {
    const response = await fetch(`${gatewayUrl}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${await bearer()}` },
      body: JSON.stringify({ query, variables }),
      ...timed(),
    });
    const { data, errors } = (await response.json()) as Answer<Data>;
    const [found] = Object.values(data ?? {});
    // a part of an answer is asked for again, too: the acknowledgement may have come without its dossier
    if (!found || errors) throw new Error(errors?.[0]?.message ?? "no answer");
    return found;
  }

  async function repeated<T>(act: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await act();
      } catch (error) {
        if (performance.now() > until()) throw error;
        await sleep(PAUSE_MS);
      }
    }
  }

  return { ask: (query, variables) => repeated(() => once(query, variables)), repeated };
}

export const timed = () => ({ signal: AbortSignal.timeout(TIMEOUT_MS) });

import { setTimeout as sleep } from "node:timers/promises";
import { documentText, gatewayClient } from "../demo/gateway-client.ts";

/** Persona at an office who works through the gateway. */
export type Person = { persona: string; commune: string };
export type ActResult = { problems: { code: string }[] };

/** Client of the people at work, who repeat an act under its key until there is a response. */
export type PeopleClient = {
  /** Sends a document of the contract with one root field. Rejects after the time limit. */
  act(person: Person, document: string, variables: object): Promise<ActResult>;
  /** Sends a mutation with one root field by its text. Rejects after the time limit. */
  send(person: Person, text: string, variables: object): Promise<ActResult>;
};

const PAUSE_MS = 200;

/** @param retriesUntil time (`performance.now()`) until which an act is repeated */
export function openPeopleClient(gatewayUrl: string, retriesUntil: () => number): PeopleClient {
  const gateway = gatewayClient(gatewayUrl);
  const tokens = new Map<string, string>();

  async function tokenOf({ persona, commune }: Person): Promise<string> {
    const known = tokens.get(`${persona} ${commune}`);
    if (known) return known;
    const path = `/dev/token?persona=${persona}&commune=${commune}`;
    const { access_token } = await gateway.get<{ access_token: string }>(path);
    tokens.set(`${persona} ${commune}`, access_token);
    return access_token;
  }

  async function once(person: Person, text: string, variables: object): Promise<ActResult> {
    const { data, errors } = await gateway.query<Record<string, ActResult | null>>(
      text,
      variables,
      await tokenOf(person),
    );
    const [result] = Object.values(data ?? {});
    if (result) return result;
    throw new Error(errors.map(({ message }) => message).join("; ") || `no answer to ${text}`);
  }

  async function send(person: Person, text: string, variables: object): Promise<ActResult> {
    for (;;) {
      try {
        return await once(person, text, variables);
      } catch (error) {
        if (performance.now() > retriesUntil()) throw error;
        await sleep(PAUSE_MS);
      }
    }
  }

  return { send, act: (person, document, variables) => send(person, documentText(document), variables) };
}

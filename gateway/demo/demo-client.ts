import type { DemoTrust } from "../identity/token-trust.ts";
import { demoIssuer } from "./demo-issuer.ts";
import { type Persona, personaClaims } from "./personas.ts";

/** Client of the demo's own gateway, with which an example makes the situation that its document needs. */
export type DemoClient = {
  /** Sends an operation as a persona. @returns the value of its only root field. @throws if it has errors or problems */
  ask<T>(persona: Persona, query: string, variables: object): Promise<T>;
};

type Answer = {
  data?: Record<string, { problems?: { code: string }[] } | null> | null;
  errors?: { message: string }[];
};

export function demoClient(trust: DemoTrust, url: string): DemoClient {
  const issue = demoIssuer(trust);
  return {
    async ask<T>(persona: Persona, query: string, variables: object) {
      const token = await issue(personaClaims(persona), new Date());
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors = [] } = (await response.json()) as Answer;
      const [value] = Object.values(data ?? {});
      const faults = [...errors.map(({ message }) => message), ...(value?.problems ?? []).map(({ code }) => code)];
      if (!value || faults.length > 0) throw new Error(`The example could not be made: ${faults.join("; ")}`);
      return value as T; // the caller knows what it asked for
    },
  };
}

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, request } from "undici";
import { familyInputs } from "../../subgraphs/_shared/demo/population.ts";
import { addDays, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { freshBirthRequest } from "../demo/birth-request.ts";

const FACILITY = { code: "93012", name: "Trung tâm Y tế khu vực (mẫu)" };
const COUPLES = 2_400;
/** Largest number of children of one birth that a request may declare. */
const MOST_OF_A_BIRTH = 10;

/** Client that sends the contract's requests like a desk app: one connection pool, one token. */
export type Desks = {
  /** One 3-in-1 request with fresh identifiers; milliseconds until the answer. Throws when it was not accepted. */
  submit(waitMs: number): Promise<{ code: string; state: string; ms: number }>;
  ask<T>(document: string, variables: object): Promise<T>;
  close(): Promise<void>;
};

let sent = 0;

export async function openDesks(gatewayUrl: string): Promise<Desks> {
  const dispatcher = new Agent({ connections: 64 });
  const token = await request(`${gatewayUrl}/dev/token?persona=clerk`, { dispatcher });
  const { access_token } = (await token.body.json()) as { access_token: string };
  const documents = new Map<string, string>();
  const text = (name: string) => {
    const path = projectPath("gateway", "playground", "examples", `${name}.graphql`);
    const known = documents.get(name) ?? readFileSync(path, "utf8");
    documents.set(name, known);
    return known;
  };
  const ask = async <T>(document: string, variables: object): Promise<T> => {
    const response = await request(`${gatewayUrl}/graphql`, {
      dispatcher,
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${access_token}` },
      body: JSON.stringify({ query: text(document), variables }),
      headersTimeout: 60_000,
      bodyTimeout: 60_000,
    });
    const { data, errors } = (await response.body.json()) as { data: T; errors?: unknown[] };
    if (errors) throw new Error(`${document}: ${JSON.stringify(errors).slice(0, 500)}`);
    return data;
  };
  return {
    ask,
    async submit(waitMs) {
      const variables = nextRequest(waitMs);
      const started = performance.now();
      type Submitted = { submitBirthBundle: { dossier: { code: string; state: string } | null; problems: unknown[] } };
      const { submitBirthBundle } = await ask<Submitted>("submit-birth-bundle", variables);
      const ms = performance.now() - started;
      if (!submitBirthBundle.dossier) throw new Error(`Not accepted: ${JSON.stringify(submitBirthBundle.problems)}`);
      return { ...submitBirthBundle.dossier, ms };
    },
    close: () => dispatcher.close(),
  };
}

/**
 * Variables of the next request. The children of a couple are declared as one multiple birth, each with its own notice: any
 * other second child within 200 days waits for an officer.
 */
function nextRequest(waitMs: number) {
  const number = sent++;
  const [family] = familyInputs(1, number % COUPLES);
  if (!family) throw new Error("The demo population has no such family");
  const place = Math.floor(number / COUPLES);
  if (place >= MOST_OF_A_BIRTH) throw new Error("Each couple of the demo population has ten children already");
  const day = addDays(legalDayOf(new Date()), -1);
  const key = `bench-${randomUUID()}`;
  const variables = freshBirthRequest(family, FACILITY, { day, random: Math.random, key, waitMs });
  variables.input.child.multipleBirth = { order: place + 1, of: MOST_OF_A_BIRTH };
  variables.input.child.birthNotice = `${String(number).padStart(5, "0")}.GCS.93012.${day.slice(2, 4)}`;
  return variables;
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeJwt } from "jose";
import { Agent, request } from "undici";
import { demoIssuer } from "../../../gateway/demo/demo-issuer.ts";
import { demandedCommune, personaClaims } from "../../../gateway/demo/personas.ts";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";
import { documentText } from "../../demo/gateway-client.ts";
import { openDesks } from "../desks.ts";

/** Office whose people use the store in the bench. */
export const OFFICE = "31471";
const PATIENCE_MS = 60_000;

/** Clients of the gateway, one for each kind of person who uses the desk. */
export type People = {
  clerk: Ask;
  registrar: Ask;
  portal: Ask;
  leader: Ask;
  /** Leader of the whole province, for whom the demo has no persona. */
  provinceLeader: Ask;
  /** The portal's query by GET, with the entity tag of an earlier answer. */
  portalPoll: Poll;
  /** Without a token. */
  anyone: Ask;
  /** Sends a 3-in-1 request; see `openDesks`. */
  submitBundle: Awaited<ReturnType<typeof openDesks>>["submit"];
  desks: Awaited<ReturnType<typeof openDesks>>;
  close(): Promise<void>;
};
/** Sends a document of the contract, or `score`, that of the board. Rejects for a response with errors. */
export type Ask = <T>(document: string, variables: object) => Promise<T>;

/** Answer of a poll: its entity tag, the bytes of its body, and the time until it was read. */
export type Polled = { status: number; tag: string | null; bytes: number; ms: number };
export type Poll = (document: string, variables: object, tag: string | null) => Promise<Polled>;

export async function openPeople(gatewayUrl: string, data: string): Promise<People> {
  const dispatcher = new Agent({ connections: 128 });
  const desks = await openDesks(gatewayUrl);
  const documents = new Map<string, string>();
  const text = (name: string) => {
    const known = documents.get(name) ?? (name === "score" ? scoreText() : documentText(name));
    documents.set(name, known);
    return known;
  };
  const person = async (persona: string | null): Promise<Ask> =>
    askWith(persona === null ? undefined : await tokenOf(gatewayUrl, persona));
  const askWith = (token: string | undefined): Ask => {
    const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
    return async <T>(document: string, variables: object) => {
      const response = await request(`${gatewayUrl}/graphql`, {
        ...{ dispatcher, method: "POST", headers, headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS },
        body: JSON.stringify({ query: text(document), variables }),
      });
      const { data, errors } = (await response.body.json()) as { data: T; errors?: unknown[] };
      if (errors) throw new Error(`${document}: ${JSON.stringify(errors).slice(0, 500)}`);
      return data;
    };
  };
  const poller = async (persona: string): Promise<Poll> => {
    const authorization = `Bearer ${await tokenOf(gatewayUrl, persona)}`;
    return async (document, variables, tag) => {
      const query = new URLSearchParams({ query: text(document), variables: JSON.stringify(variables) });
      const began = performance.now();
      const { statusCode, headers, body } = await request(`${gatewayUrl}/graphql?${query}`, {
        ...{ dispatcher, headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS },
        headers: { accept: "application/json", authorization, ...(tag !== null && { "if-none-match": tag }) },
      });
      const { byteLength: bytes } = await body.arrayBuffer();
      const given = [headers.etag].flat()[0] ?? null;
      return { status: statusCode, tag: given, bytes, ms: performance.now() - began };
    };
  };
  return {
    portalPoll: await poller("portal"),
    clerk: await person("clerk"),
    registrar: await person("registrar"),
    portal: await person("portal"),
    leader: await person("leader"),
    provinceLeader: askWith(await tokenOfProvinceLeader(await tokenOf(gatewayUrl, "leader"), data)),
    anyone: await person(null),
    desks,
    submitBundle: desks.submit,
    async close() {
      await desks.close();
      await dispatcher.close();
    },
  };
}

/** The board's query of the score, for which the contract has no document. */
function scoreText(): string {
  return readFileSync(projectPath("gateway", "screens", "browser", "board", "documents", "score.graphql"), "utf8");
}

/** Token like that of a leader of an office, for the whole province of the office. */
function tokenOfProvinceLeader(token: string, data: string): Promise<string> {
  const { iss = "", aud } = decodeJwt(token);
  const { office, ...claims } = personaClaims("leader", OFFICE);
  const issue = demoIssuer({ directory: join(data, "demo"), issuer: iss, audience: String(aud) });
  return issue({ ...claims, province: demandedCommune(OFFICE).province }, new Date());
}

async function tokenOf(gatewayUrl: string, persona: string): Promise<string> {
  const response = await request(`${gatewayUrl}/dev/token?persona=${persona}&commune=${OFFICE}`);
  const { access_token } = (await response.body.json()) as { access_token?: string };
  if (!access_token) throw new Error(`The demo has no token for the persona ${persona}`);
  return access_token;
}

import { randomUUID } from "node:crypto";
import { personas } from "../../gateway/demo/personas.ts";
import { families, familyInput } from "../../subgraphs/_shared/demo/population.ts";
import { legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { facilitiesOf } from "../../subgraphs/_shared/reference/sample-facilities.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import { freshBirthRequest } from "../demo/birth-request.ts";
import { documentText } from "../demo/gateway-client.ts";
import type { RunningSystem } from "./system.ts";

const WAIT_MS = 5_000;

/**
 * Welcome text of the terminal: addresses, personas, and a request to paste, for a child born on the day of `now`
 * (business time). `data` is the directory of data and logs.
 */
export function welcome(system: RunningSystem, data: string, now: Date, random: () => number): string {
  const { gatewayUrl, ports } = system;
  const agencies = subgraphs.map(
    ({ name, vi, en }) => `  ${name.padEnd(17)} http://127.0.0.1:${ports[name]}  ${vi} / ${en}`,
  );
  return `
Motcua is ready. Demo mode: people, facilities and tokens are made up.

  Start here        ${gatewayUrl}/
  Playground        ${gatewayUrl}/playground
  GraphQL           ${gatewayUrl}/graphql
  REST              ${gatewayUrl}/api/openapi.json
  Citizens' pages   ${gatewayUrl}/track  tra cứu hồ sơ, ${gatewayUrl}/procedures  thủ tục
  Health            ${gatewayUrl}/health/ready
${agencies.join("\n")}
  payment-provider  http://127.0.0.1:${ports["payment-provider"]}  cổng thanh toán giả lập / stand-in
  national-portal   http://127.0.0.1:${ports["national-portal"]}  Cổng dịch vụ công quốc gia giả lập / stand-in
  Data, logs        ${data}, ${data}/logs
  Messages          ${data}/messages  thông báo cho người nộp / to declarants

Personas: ${personas.join(" ")}. A token for one:
  curl -s '${gatewayUrl}/dev/token?persona=clerk'

A 3-in-1 request (birth, permanent residence, child's health card) to paste:

${pasteable(gatewayUrl, now, random)}

npm run demo sends such a request and shows the answer of each agency. Ctrl-C stops everything.
`;
}

function pasteable(gatewayUrl: string, now: Date, random: () => number): string {
  const couples = families();
  const family = couples[Math.floor(random() * couples.length)];
  const facility = family && facilitiesOf(family.household.commune)[0];
  if (!family || !facility) throw new Error("The default commune has families and a care facility");
  const day = legalDayOf(now);
  const chosen = { day, random, key: `start-${randomUUID()}`, waitMs: WAIT_MS };
  const query = documentText("submit-birth-bundle").replaceAll(/#.*$/gm, "").replaceAll(/\s+/g, " ").trim();
  const body = JSON.stringify({ query, variables: freshBirthRequest(familyInput(family), facility, chosen) });
  return `TOKEN=$(curl -s '${gatewayUrl}/dev/token?persona=clerk' | sed 's/.*"access_token": *"\\([^"]*\\)".*/\\1/')
curl -s ${gatewayUrl}/graphql -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '${body.replaceAll("'", "'\\''")}'`;
}

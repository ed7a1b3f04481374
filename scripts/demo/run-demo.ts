import { randomUUID } from "node:crypto";
import type { FamilyInput } from "../../subgraphs/_shared/demo/population.ts";
import { type LegalDay, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { type BirthRequest, type Facility, freshBirthRequest } from "./birth-request.ts";
import { CITIZEN_SUMMARY_QUERY, citizenTable } from "./citizen-table.ts";
import type { Citizen, Dossier, Submitted } from "./contract-responses.ts";
import { agencyTitle, followDossier } from "./follow-dossier.ts";
import type { Answer, GatewayClient } from "./gateway-client.ts";
import { citizenFindings, dossierFindings, type Finding, faultless } from "./verdict.ts";

type Desk = { client: GatewayClient; token: string; commune: string; day: LegalDay; random: () => number };
type Say = (line: string) => void;

const MOST_FAMILIES = 5_000;
/** Attempts: a random mother or birth notice may be used already. */
const ATTEMPTS = 5;

/** Sends a 3-in-1 request as the clerk of a commune, reports its progress and checks the result. Rejects if it cannot continue. */
export async function runDemo(client: GatewayClient, commune: string, say: Say): Promise<Finding[]> {
  const { access_token: token } = await client.get<{ access_token: string }>(
    `/dev/token?persona=clerk&commune=${commune}`,
  );
  const { now } = await client.get<{ now: string }>("/dev/clock");
  const desk: Desk = { client, token, commune, day: legalDayOf(new Date(now)), random: Math.random };
  const { request, submitted } = await submit(desk, say);
  const { dossier: receipt } = submitted;
  const read = () => client.ask<{ dossier: Dossier | null }>("dossier", { code: receipt.code }, token);
  const answer = await followDossier(read, say);
  const findings = [faultless("submitBirthBundle answers without errors", submitted.errors)];
  findings.push(faultless("the dossier answers without errors", answer.errors));
  const dossier = answer.data?.dossier;
  if (!dossier) return findings;
  findings.push(...dossierFindings(dossier, request));
  const birth = dossier.parts.map(({ result }) => result).find((result) => result?.__typename === "BirthRegistration");
  const personalId = birth?.__typename === "BirthRegistration" ? birth.child?.personalId : undefined;
  if (!personalId) return findings;
  const asked = await client.query<{ citizen: Citizen | null }>(CITIZEN_SUMMARY_QUERY, { personalId }, token);
  findings.push(faultless("all agencies answer for the citizen", asked.errors));
  const citizen = asked.data?.citizen ?? null;
  if (citizen) for (const line of ["", "The newborn as the agencies know them:", ...citizenTable(citizen)]) say(line);
  return [...findings, ...citizenFindings(citizen, dossier, request)];
}

type Receipt = { dossier: { code: string; dueAt: string }; errors: Answer<unknown>["errors"] };

async function submit(desk: Desk, say: Say): Promise<{ request: BirthRequest; submitted: Receipt }> {
  for (let attempt = 1; ; attempt++) {
    const request = await newRequest(desk);
    const began = performance.now();
    const { data, errors } = await desk.client.ask<Submitted>("submit-birth-bundle", request, desk.token);
    const { dossier, problems = [] } = data?.submitBirthBundle ?? {};
    if (dossier) {
      printRequest(request, say);
      const took = Math.round(performance.now() - began);
      say(`${agencyTitle("ONE_STOP")} has it for good after ${took} ms: ${dossier.code}, due ${dossier.dueAt}`);
      say("");
      return { request, submitted: { dossier, errors } };
    }
    const used = problems.some(({ code }) => code.includes("ALREADY"));
    if (used && attempt < ATTEMPTS) continue;
    const lines = problems.map(({ code, messageEn, path }) => `  ${code} at ${path?.join(".") ?? "–"}: ${messageEn}`);
    lines.push(...errors.map(({ message, extensions }) => `  ${extensions?.code ?? "error"}: ${message}`));
    throw new Error(`The request was not accepted:\n${lines.join("\n")}`);
  }
}

async function newRequest({ client, commune, day, random }: Desk): Promise<BirthRequest> {
  const families = await client.get<FamilyInput[]>(`/dev/families?first=${MOST_FAMILIES}&commune=${commune}`);
  const facilities = await client.get<Facility[]>(`/dev/care-facilities?commune=${commune}`);
  const family = families[Math.floor(random() * families.length)];
  const [facility] = facilities;
  if (!family || !facility) throw new Error(`Commune ${commune} has no seeded families or no care facility`);
  return freshBirthRequest(family, facility, { day, random, key: `demo-${randomUUID()}`, waitMs: 0 });
}

function printRequest({ input }: BirthRequest, say: Say): void {
  const { child, mother, father, residence } = input;
  say(`Child     ${child.fullName}, ${child.sex}, born ${child.dateOfBirth}, birth notice ${child.birthNotice}`);
  say(`Mother    ${mother.fullName}, ${mother.personalId}`);
  say(`Father    ${father.fullName}, ${father.personalId}`);
  say(`Home      ${residence.address.line}, commune ${residence.address.commune}`);
}

import { expect } from "vitest";
import { addDays, type LegalDay } from "../../../subgraphs/_shared/reference/days.ts";
import type { Term } from "../../../subgraphs/one-stop/clock/terms.ts";
import type { DossierDefinition } from "../../../subgraphs/one-stop/definitions/definition.ts";
import { procedureOf } from "../../../subgraphs/one-stop/procedures/catalogue.ts";
import { procedureForm } from "../../../subgraphs/one-stop/procedures/forms/forms.ts";
import { singleProcedure } from "../../../subgraphs/one-stop/single-procedures/single-procedure.ts";
import type { DossierData } from "../../kit/dossier-outcomes.ts";
import { postedPapers } from "../../kit/posted-papers.ts";
import { serial } from "../../kit/serial-numbers.ts";
import { clerk, contract, type Persona, type World } from "../../world.ts";

export const aKey = () => `clock-${process.pid}-${serial("key")}`;
export const registrar: Persona = { persona: "registrar" };

/** Sets the business clock as a client author does, by HTTP. */
export async function devClock(world: World, now: string | null): Promise<void> {
  const body = JSON.stringify({ now });
  const response = await fetch(`${world.url}/dev/clock`, {
    ...{ method: "POST", headers: { "content-type": "application/json" }, body },
  });
  expect(response.status).toBeLessThan(300);
}

export async function ask(world: World, who: Persona, name: string, variables: object): Promise<DossierData> {
  const { data, errors } = await world.ask(who, contract(name), variables);
  if (!data) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0] ?? { errors };
}

/** Input of a dossier for one procedure, by the first channel that it offers. */
export const aDossierFor = (procedure: string) => ({
  ...{ procedure, office: "31471", channel: procedureOf(procedure)?.facts.channels[0] ?? "DESK" },
  ...{ form: procedureForm(procedure).example, papers: postedPapers(procedure) },
  declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
  handover: { method: "DESK" },
});

/** A dossier for one procedure. */
export async function submitted(world: World, procedure: string): Promise<DossierData> {
  const variables = { input: aDossierFor(procedure), idempotencyKey: aKey() };
  const { dossier, problems } = await ask(world, clerk, "submit-dossier", variables);
  expect(problems).toEqual([]);
  return dossier;
}

export const decide = (world: World, part: string, decision: object, who: Persona = registrar) =>
  ask(world, who, "decide-part", { part, decision, idempotencyKey: aKey() });

export const answer = (world: World, dossier: string, item: string) =>
  ask(world, clerk, "answer-supplement", {
    ...{ dossier, answers: [{ item, text: "Đã nộp", attachment: null }], idempotencyKey: aKey() },
  });

/** Runs a story while a procedure of the catalogue has another term. */
export async function withTerm<T>(code: string, term: Term, story: () => Promise<T>): Promise<T> {
  const versions = singleProcedure(code)?.versions as DossierDefinition[];
  const [first] = versions;
  if (!first) throw new Error(`No procedure ${code}`);
  const steps = first.steps.map((step) => ({ ...step, term }));
  versions.push({ ...(versions.at(-1) ?? first), version: versions.length + 100, steps });
  try {
    return await story();
  } finally {
    versions.pop();
  }
}

const EXPLAINED = `query ($code: ID!) { dossier(code: $code) {
  dueAt overdue dueAtExplanation { rule day at quantity unit text textEn }
  parts { id state dueAt procedure { code } dueAtExplanation { rule day at quantity unit text textEn } } } }`;

/** A dossier with what made its due dates. */
export async function explained(world: World, code: string): Promise<DossierData> {
  const { data, errors } = await world.ask(clerk, EXPLAINED, { code });
  if (!data?.dossier) throw new Error(JSON.stringify(errors));
  return data.dossier;
}

/** The last day of a term, counted from the lines that a client reads; each day after the receipt stands in them once. */
export function replayedDay(lines: readonly DossierData[]): string {
  const of = (...rules: string[]) => lines.filter(({ rule }) => rules.includes(rule));
  const begin = of("RECEIPT_DAY")[0].day as LegalDay;
  const { quantity, unit } = lines.findLast(({ rule }) => rule === "TERM" || rule === "SERVICE_RULE") as DossierData;
  const more = of("EXTENDED").reduce((sum, line) => sum + line.quantity, 0);
  if (unit === "HOUR") return of("HOURS_COUNTED").at(-1)?.day;
  const days = lines.slice(lines.indexOf(of("RECEIPT_DAY")[0]) + 1).filter(({ rule }) => {
    return ["COUNTED", "SUSPENDED", "DAY_OFF", "ROLLED"].includes(rule);
  });
  const isSameDay = unit === "WORKING_DAY_SAME" && more === 0;
  expect(of("COUNTED")).toHaveLength(unit === "WORKING_DAY_SAME" ? Math.max(1, more) : quantity + more);
  for (const [index, { day }] of days.entries()) expect(day).toBe(addDays(begin, isSameDay ? index : index + 1));
  return days.at(-1)?.day;
}

/** Expects that a dossier and each of its parts are due on the day that their explanations prove. */
export async function expectProven(world: World, code: string): Promise<DossierData> {
  const dossier = await explained(world, code);
  for (const { dueAt, dueAtExplanation } of [dossier, ...dossier.parts]) {
    expect(dueAtExplanation.at(-1)).toMatchObject({ rule: "DUE", at: dueAt, day: dueAt.slice(0, 10) });
    expect(replayedDay(dueAtExplanation)).toBe(dueAt.slice(0, 10));
    for (const { text, textEn } of dueAtExplanation) expect([text, textEn]).not.toContain("");
  }
  return dossier;
}

import { type AgencyCode, agencyCodes } from "../../subgraphs/agency-registry.ts";
import { LAND_TRANSFER_VERSIONS } from "../../subgraphs/one-stop/bundles/land-transfer/land-transfer-versions.ts";
import type { DossierDefinition, StepDefinition } from "../../subgraphs/one-stop/definitions/definition.ts";
import { initialState } from "../../subgraphs/one-stop/definitions/steps.ts";
import type { SagaPayment } from "../../subgraphs/one-stop/payments/payment.ts";
import type { AnswerState, SagaState } from "../../subgraphs/one-stop/saga/state.ts";
import { birthDefinition } from "../one-stop/birth-definition.ts";
import { between, oneOf, type Random, seededRandom } from "./seeded-random.ts";

const HOUR = 3_600_000;

/** Phase of an agency's work on a part, counted from its receipt; the last phase lasts for ever. */
export type Phase = { readonly state: AnswerState; readonly forMs: number };
export type Outage = {
  readonly from: number;
  readonly to: number;
  readonly refuses: boolean;
};

/** Answer of an applicant to the draft certificate, or the end of the term without one. */
export type Confirmation = {
  readonly afterMs: number;
  readonly answer: "CERTIFICATE_CONFIRMED" | "CERTIFICATE_DISPUTED" | "CERTIFICATE_EXPIRED";
};

/** Random parameters of the simulation of one dossier, drawn from its seed. */
export type Schedule = {
  readonly seed: number;
  readonly family: Family;
  readonly start: SagaState;
  readonly workers: number;
  readonly leaseMs: number;
  /** Term of the dossier. */
  readonly termMs: number;
  /** Time of the payment that the work waits for; null for a free dossier. */
  readonly paidAtMs: number | null;
  /** Step with whose grant its agency states what is to be paid, and the time until the payment; null where none does. */
  readonly stated: { readonly by: string; readonly paidAfterMs: number } | null;
  /** Time that the applicant takes to answer the draft certificate, and the answer; null where none is shown. */
  readonly confirmation: Confirmation | null;
  readonly timeoutMs: number;
  /** Without fencing a late worker's write is accepted, so `decide` alone must keep the dossier correct. */
  readonly fenced: boolean;
  /** Probabilities, each for one message or one action of a worker. */
  readonly lost: number;
  readonly doubled: number;
  readonly slow: number;
  readonly failing: number;
  readonly crash: number;
  readonly stall: number;
  readonly forgets: number;
  /** Probability that a person acts on a part that waits for one. */
  readonly people: number;
  readonly outages: ReadonlyMap<string, readonly Outage[]>;
  readonly phases: ReadonlyMap<string, readonly Phase[]>;
};

export const FAMILIES = ["calm", "lossy", "slow", "crashing", "outages", "deciding", "unfenced", "storm"] as const;
export type Family = (typeof FAMILIES)[number] | "three-days";

/** Interval of seeds at which one agency is down for 72 hours. */
const THREE_DAYS_EVERY = 500;

export function scheduleOf(seed: number): Schedule {
  const random = seededRandom(seed);
  const family: Family = seed % THREE_DAYS_EVERY === 0 ? "three-days" : oneOf(random, FAMILIES);
  const { start, stated } = stagesOf(seed, random() < 0.25 ? randomGraph(random) : birthBundle(random));
  const has = (...families: Family[]) => (families.includes(family) ? 1 : 0);
  const storm = has("storm");
  return {
    seed,
    family,
    workers: 1 + Math.floor(random() * 4),
    leaseMs: between(random, 2_000, 30_000),
    // a separate sequence, so that a seed keeps its faults
    termMs: between(seededRandom(seed ^ 0x2545f491), 100, 24 * HOUR),
    people: peopleOf(seededRandom(seed ^ 0x1b873593)),
    stated,
    ...confirmationOf(seed, stated ? { start, paidAtMs: null } : paymentOf(seed, start)),
    timeoutMs: between(random, 500, 1_900),
    fenced: family !== "unfenced" && (family !== "storm" || random() < 0.7),
    lost: random() * 0.4 * (has("lossy", "unfenced") + storm),
    doubled: random() * 0.5 * (has("lossy", "slow", "unfenced") + storm),
    slow: random() * 0.5 * (has("slow", "unfenced") + storm),
    failing: random() * 0.4 * (has("lossy", "outages") + storm),
    crash: random() * 0.25 * (has("crashing") + storm),
    stall: random() * 0.4 * (has("crashing", "unfenced") + storm),
    forgets: 0.3 * (has("deciding") + storm),
    outages: outagesOf(family, start, random),
    phases: new Map(start.steps.map(({ key }) => [key, phasesOf(family, random)])),
  };
}

/** People act in a third of the schedules. */
function peopleOf(random: Random): number {
  return random() < 0.3 ? random() : 0;
}

/** A transfer of land in every tenth dossier. A separate sequence, so that a seed keeps its faults. */
function stagesOf(seed: number, start: SagaState): Pick<Schedule, "start" | "stated"> {
  const random = seededRandom(seed ^ 0x9e3779b1);
  const [definition] = LAND_TRANSFER_VERSIONS;
  if (random() >= 0.1 || !definition) return { start, stated: null };
  const stated = { by: "OBLIGATION", paidAfterMs: between(random, 10, 72 * HOUR) };
  return { start: initialState(definition, start.returnsAtOnce), stated };
}

/** Fees of some parts of every fourth dossier, paid after a while. A separate sequence, so that a seed keeps its faults. */
function paymentOf(seed: number, start: SagaState): Pick<Schedule, "start" | "paidAtMs"> {
  const random = seededRandom(seed ^ 0x85ebca6b);
  const parts = start.steps.filter(({ part }) => part && random() < 0.7);
  if (random() >= 0.25 || parts.length === 0) return { start, paidAtMs: null };
  const lines = parts.map(({ key }, index) => ({ step: key, name: key, amountVnd: 10_000 * 2 ** index }));
  const amountVnd = lines.reduce((sum, line) => sum + line.amountVnd, 0);
  const payment: SagaPayment = { state: "PENDING", amountVnd, lines, refundVnd: 0, refundedVnd: 0 };
  return { start: { ...start, payment }, paidAtMs: between(random, 10, 72 * HOUR) };
}

/** Draft certificates of every fourth dossier. A separate sequence, so that a seed keeps its faults. */
function confirmationOf<Paid extends Pick<Schedule, "start">>(seed: number, paid: Paid) {
  const random = seededRandom(seed ^ 0x27d4eb2f);
  if (random() >= 0.25) return { ...paid, confirmation: null };
  const answers = ["CERTIFICATE_CONFIRMED", "CERTIFICATE_DISPUTED", "CERTIFICATE_EXPIRED"] as const;
  const confirmation: Confirmation = { afterMs: between(random, 10, 72 * HOUR), answer: oneOf(random, answers) };
  return { ...paid, start: { ...paid.start, certificate: "PLANNED" as const }, confirmation };
}

function birthBundle(random: Random): SagaState {
  const day = oneOf(random, ["2020-03-02", "2025-03-03", "2026-11-23"]);
  const leftOut = [...(random() < 0.8 ? [] : ["residence"]), ...(random() < 0.8 ? [] : ["insurance"])];
  return initialState(birthDefinition(day, leftOut), random() < 0.5);
}

/** Random definition: up to seven steps with acyclic dependencies, declared in any order. */
function randomGraph(random: Random): SagaState {
  const keys = Array.from({ length: 2 + Math.floor(random() * 6) }, (_, index) => `S${index}`);
  const agencies = agencyCodes.slice(0, 3) as [AgencyCode, ...AgencyCode[]];
  const steps = keys.map((key, index): StepDefinition => {
    const dependsOn = keys.slice(0, index).filter(() => random() < 0.4);
    return {
      ...{ key, part: index === 0 || random() < 0.7, agency: oneOf(random, agencies), procedure: key, dependsOn },
      ...{ effect: "CORRECTABLE", term: { quantity: 1, unit: "WORKING_DAY_SAME" }, feeVnd: 0 },
    };
  });
  if (random() < 0.5) steps.reverse();
  const definition: DossierDefinition = {
    ...{
      id: "random",
      version: 1,
      code: "0.000000",
      name: "",
      nameEn: "",
      certainty: "sure",
      regime: "",
      domain: "interlinked",
    },
    ...{ validFrom: "2000-01-01", groupWorkingDays: { plain: 1, verified: 1 }, steps },
  };
  return initialState(definition, random() < 0.5);
}

function outagesOf(family: Family, start: SagaState, random: Random): Map<string, Outage[]> {
  const outages = new Map<string, Outage[]>();
  if (family === "three-days") {
    const [first = "", ...others] = new Set(start.steps.map((step) => step.agency));
    const agency = oneOf(random, [first, ...others]);
    const from = random() < 0.5 ? 0 : random() * 200;
    return outages.set(agency, [{ from, to: from + 72 * HOUR, refuses: random() < 0.5 }]);
  }
  if (family !== "outages" && family !== "storm") return outages;
  for (const { agency } of start.steps) {
    const list = outages.get(agency) ?? [];
    if (list.length === 0 || random() < 0.3) {
      const from = random() < 0.5 ? 0 : between(random, 10, 60_000);
      list.push({
        from,
        to: from + between(random, 50, 600_000),
        refuses: random() < 0.5,
      });
    }
    outages.set(agency, list);
  }
  return outages;
}

function phasesOf(family: Family, random: Random): Phase[] {
  const phases: Phase[] = [];
  const busy = family === "deciding" || family === "unfenced" ? 0.6 : 0.15;
  while (random() < busy && phases.length < 4) {
    phases.push({
      state: oneOf(random, ["PROCESSING", "SUPPLEMENT_NEEDED"]),
      forMs: between(random, 10, 6 * HOUR),
    });
  }
  const last = random();
  const state = last < 0.72 ? "GRANTED" : last < 0.88 ? "REFUSED" : last < 0.92 ? "CANCELLED" : null;
  phases.push({
    state: state ?? oneOf(random, ["PROCESSING", "SUPPLEMENT_NEEDED"]),
    forMs: Number.POSITIVE_INFINITY,
  });
  return phases;
}

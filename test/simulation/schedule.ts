import { type AgencyCode, agencyCodes } from "../../subgraphs/agency-registry.ts";
import type { DossierDefinition, StepDefinition } from "../../subgraphs/one-stop/definitions/definition.ts";
import { initialState } from "../../subgraphs/one-stop/definitions/steps.ts";
import type { AnswerState, SagaState } from "../../subgraphs/one-stop/saga/state.ts";
import { birthDefinition } from "../one-stop/birth-definition.ts";
import { between, type Chance, chanceOf, oneOf } from "./chance.ts";

const HOUR = 3_600_000;

/** What an agency will do with a part from the moment it has it; the last phase lasts for ever. */
export type Phase = { readonly state: AnswerState; readonly forMs: number };
export type Outage = {
  readonly from: number;
  readonly to: number;
  readonly refuses: boolean;
};

/** One simulated life of a dossier: everything that chance decides beforehand. */
export type Schedule = {
  readonly seed: number;
  readonly family: Family;
  readonly start: SagaState;
  readonly workers: number;
  readonly leaseMs: number;
  readonly timeoutMs: number;
  /** Without fencing a late worker's write is taken: `decide` alone must keep the dossier right. */
  readonly fenced: boolean;
  /** Probabilities, each of one message or one moment of a worker. */
  readonly lost: number;
  readonly doubled: number;
  readonly slow: number;
  readonly failing: number;
  readonly crash: number;
  readonly stall: number;
  readonly forgets: number;
  readonly outages: ReadonlyMap<string, readonly Outage[]>;
  readonly phases: ReadonlyMap<string, readonly Phase[]>;
};

export const FAMILIES = ["calm", "lossy", "slow", "crashing", "outages", "deciding", "unfenced", "storm"] as const;
export type Family = (typeof FAMILIES)[number] | "three-days";

/** Every so many seeds one agency is away for 72 hours. */
const THREE_DAYS_EVERY = 500;

export function scheduleOf(seed: number): Schedule {
  const chance = chanceOf(seed);
  const family: Family = seed % THREE_DAYS_EVERY === 0 ? "three-days" : oneOf(chance, FAMILIES);
  const start = chance() < 0.25 ? randomGraph(chance) : birthBundle(chance);
  const has = (...families: Family[]) => (families.includes(family) ? 1 : 0);
  const storm = has("storm");
  return {
    seed,
    family,
    start,
    workers: 1 + Math.floor(chance() * 4),
    leaseMs: between(chance, 2_000, 30_000),
    timeoutMs: between(chance, 500, 1_900),
    fenced: family !== "unfenced" && (family !== "storm" || chance() < 0.7),
    lost: chance() * 0.4 * (has("lossy", "unfenced") + storm),
    doubled: chance() * 0.5 * (has("lossy", "slow", "unfenced") + storm),
    slow: chance() * 0.5 * (has("slow", "unfenced") + storm),
    failing: chance() * 0.4 * (has("lossy", "outages") + storm),
    crash: chance() * 0.25 * (has("crashing") + storm),
    stall: chance() * 0.4 * (has("crashing", "unfenced") + storm),
    forgets: 0.3 * (has("deciding") + storm),
    outages: outagesOf(family, start, chance),
    phases: new Map(start.steps.map(({ key }) => [key, phasesOf(family, chance)])),
  };
}

function birthBundle(chance: Chance): SagaState {
  const day = oneOf(chance, ["2020-03-02", "2025-03-03", "2026-11-23"]);
  const leftOut = [...(chance() < 0.8 ? [] : ["residence"]), ...(chance() < 0.8 ? [] : ["insurance"])];
  return initialState(birthDefinition(day, leftOut), chance() < 0.5);
}

/** A random definition: up to seven steps, any acyclic dependencies, declared in any order. */
function randomGraph(chance: Chance): SagaState {
  const keys = Array.from({ length: 2 + Math.floor(chance() * 6) }, (_, index) => `S${index}`);
  const agencies = agencyCodes.slice(0, 3) as [AgencyCode, ...AgencyCode[]];
  const steps = keys.map((key, index): StepDefinition => {
    const dependsOn = keys.slice(0, index).filter(() => chance() < 0.4);
    return {
      ...{ key, part: index === 0 || chance() < 0.7, agency: oneOf(chance, agencies), procedure: key, dependsOn },
      ...{ effect: "CORRECTABLE", term: { kind: "SAME_DAY" }, feeVnd: 0 },
    };
  });
  if (chance() < 0.5) steps.reverse();
  const definition: DossierDefinition = {
    ...{ id: "random", version: 1, code: "0.000000", name: "", nameEn: "", certainty: "sure", regime: "" },
    ...{ validFrom: "2000-01-01", groupWorkingDays: { plain: 1, verified: 1 }, steps },
  };
  return initialState(definition, chance() < 0.5);
}

function outagesOf(family: Family, start: SagaState, chance: Chance): Map<string, Outage[]> {
  const outages = new Map<string, Outage[]>();
  if (family === "three-days") {
    const agency = oneOf(chance, ["CIVIL_STATUS", "RESIDENCE", "HEALTH_INSURANCE"]);
    const known = start.steps.some((step) => step.agency === agency) ? agency : (start.steps[0]?.agency ?? "");
    const from = chance() < 0.5 ? 0 : chance() * 200;
    return outages.set(known, [{ from, to: from + 72 * HOUR, refuses: chance() < 0.5 }]);
  }
  if (family !== "outages" && family !== "storm") return outages;
  for (const { agency } of start.steps) {
    const list = outages.get(agency) ?? [];
    if (list.length === 0 || chance() < 0.3) {
      const from = chance() < 0.5 ? 0 : between(chance, 10, 60_000);
      list.push({
        from,
        to: from + between(chance, 50, 600_000),
        refuses: chance() < 0.5,
      });
    }
    outages.set(agency, list);
  }
  return outages;
}

function phasesOf(family: Family, chance: Chance): Phase[] {
  const phases: Phase[] = [];
  const busy = family === "deciding" || family === "unfenced" ? 0.6 : 0.15;
  while (chance() < busy && phases.length < 4) {
    phases.push({
      state: oneOf(chance, ["PROCESSING", "SUPPLEMENT_NEEDED"]),
      forMs: between(chance, 10, 6 * HOUR),
    });
  }
  const last = chance();
  const state = last < 0.72 ? "GRANTED" : last < 0.88 ? "REFUSED" : last < 0.92 ? "CANCELLED" : null;
  phases.push({
    state: state ?? oneOf(chance, ["PROCESSING", "SUPPLEMENT_NEEDED"]),
    forMs: Number.POSITIVE_INFINITY,
  });
  return phases;
}

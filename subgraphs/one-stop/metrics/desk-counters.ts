import { Counter, Histogram, type Registry } from "prom-client";
import { type AgencyCode, subgraphs } from "../../agency-registry.ts";
import type { LiveDossier } from "../saga/dossier.ts";
import { DEADLINE_MARKS, type SagaEvent } from "../saga/state.ts";

/** Counters of the work that this process of the desk does. */
export type DeskCounters = {
  /** A call of an agency for a step. */
  called(agency: AgencyCode, outcome: "answered" | "unanswered", seconds: number): void;
  /** The result of a call was not written, because another worker had leased the step. */
  leaseLost(): void;
  /** Counts the parts that are decided in `after` and not in `before`. */
  decided(before: LiveDossier, after: LiveDossier): void;
  /** Counts acts of the desk that their time has brought. */
  timeCame(events: readonly SagaEvent[]): void;
};

const DECISIONS = ["GRANTED", "REFUSED"] as const;
const EXPIRIES = ["SUPPLEMENT_EXPIRED", "PAYMENT_EXPIRED", "CERTIFICATE_EXPIRED"] as const;

/** Registers the counters of the desk. Each begins at 0, so that the first event is an increase. */
export function deskCounters(registry: Registry): DeskCounters {
  const registers = [registry];
  const calls = new Histogram({
    name: "motcua_saga_call_seconds",
    help: "Calls of agencies for steps",
    labelNames: ["agency", "outcome"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const lost = new Counter({
    name: "motcua_leases_lost_total",
    help: "Results of calls that were not written, because another worker had leased the step",
    registers,
  });
  const decisions = new Counter({
    name: "motcua_decisions_total",
    help: "Decided parts of dossiers",
    labelNames: ["agency", "outcome"],
    registers,
  });
  const acts = new Counter({
    name: "motcua_clock_acts_total",
    help: "Acts that their time has brought: reminders, apologies, marks of lateness and ends of terms",
    labelNames: ["act"],
    registers,
  });
  for (const { agency } of subgraphs) for (const outcome of DECISIONS) decisions.inc({ agency, outcome }, 0);
  for (const act of [...DEADLINE_MARKS, ...EXPIRIES]) acts.inc({ act }, 0);
  return {
    called: (agency, outcome, seconds) => calls.observe({ agency, outcome }, seconds),
    leaseLost: () => lost.inc(),
    decided(before, after) {
      for (const [index, { key, agency, state: outcome }] of after.steps.entries()) {
        const isNew = before.steps[index]?.state !== outcome;
        const isPart = after.definition.steps.some((step) => step.key === key && step.part);
        if (isNew && isPart && DECISIONS.some((each) => each === outcome)) decisions.inc({ agency, outcome });
      }
    },
    timeCame(events) {
      for (const event of events) acts.inc({ act: event.kind === "TIME_CAME" ? event.mark : event.kind });
    },
  };
}

import { FAULT_MODES, type FaultMode } from "../../../subgraphs/_shared/demo/demo-state.ts";
import { type SeededRandom, seededRandom } from "../../../subgraphs/_shared/demo/population-random.ts";
import { type AgencyCode, agencyCodes, type SubgraphName, subgraphs } from "../../../subgraphs/agency-registry.ts";
import { type HarnessProcess, harnessServers } from "../harness.ts";

/** A fault to inject. Durations are milliseconds. */
export type Fault =
  | { kind: "KILL"; target: HarnessProcess; downMs: number }
  | { kind: "KILL_BACKEND"; database: SubgraphName }
  | { kind: "STALL"; target: "one-stop" | "second-desk"; forMs: number }
  | { kind: "FAULT_MODE"; agency: AgencyCode; mode: FaultMode; forMs: number }
  | { kind: "DUPLICATE"; parts: number }
  | { kind: "CANCEL" }
  | { kind: "CANCEL_THEN_DELIVER"; child: number };
/** Fault and its delay after the previous one. A hasty fault does not wait until the desk responds after a kill. */
export type PlannedFault = { afterMs: number; hasty: boolean; fault: Fault };

const GAP_MS = { least: 100, spread: 900 };
const HASTY_ONE_IN = 3;
const DOWN_MS = 1_500;
/** Longer than the lease in the campaign. */
const STALL_MS = { least: 1_800, spread: 2_000 };
const FAULT_MODE_MS = { least: 500, spread: 3_000 };
/** Last child for which `requestFor` makes a request. */
const LAST_CHILD = 23_999;
// casts: the list has other agencies than the desk
const AGENCIES = agencyCodes.filter((agency) => agency !== "ONE_STOP") as [AgencyCode, ...AgencyCode[]];
const INJECTED_MODES = FAULT_MODES.filter((mode) => mode !== "UP");
const DATABASES = subgraphs.map(({ name }) => name) as [SubgraphName, ...SubgraphName[]];

/** Faults of one round of about half a minute, each injected once, so that a short campaign has all of them. */
const ROUND: ((random: SeededRandom, serial: number) => Fault)[] = [
  ...[...harnessServers, ...harnessServers, "postgres" as const].map(
    (target) =>
      (random: SeededRandom): Fault => ({ kind: "KILL", target, downMs: random.below(DOWN_MS) }),
  ),
  (random) => ({ kind: "KILL_BACKEND", database: random.pick(DATABASES) }),
  (random) => ({ kind: "STALL", target: "one-stop", forMs: STALL_MS.least + random.below(STALL_MS.spread) }),
  (random) => ({ kind: "STALL", target: "second-desk", forMs: STALL_MS.least + random.below(STALL_MS.spread) }),
  ...INJECTED_MODES.map(
    (mode) =>
      (random: SeededRandom): Fault => ({
        ...{ kind: "FAULT_MODE", agency: random.pick(AGENCIES), mode },
        forMs: FAULT_MODE_MS.least + random.below(FAULT_MODE_MS.spread),
      }),
  ),
  (random) => ({ kind: "DUPLICATE", parts: 1 + random.below(5) }),
  (random) => ({ kind: "DUPLICATE", parts: 1 + random.below(5) }),
  () => ({ kind: "CANCEL" }),
  (_, serial) => ({ kind: "CANCEL_THEN_DELIVER", child: LAST_CHILD - serial }),
];

/** Endless schedule of faults, the same for the same seed. The campaign injects as many as its duration allows. */
export function* scheduleOf(seed: number): Generator<PlannedFault, never> {
  const random = seededRandom(seed);
  let round: typeof ROUND = [];
  for (let serial = 0; ; serial++) {
    if (round.length === 0) round = [...ROUND];
    const [entry] = round.splice(random.below(round.length), 1);
    const afterMs = GAP_MS.least + random.below(GAP_MS.spread);
    const hasty = random.below(HASTY_ONE_IN) === 0;
    if (entry) yield { afterMs, hasty, fault: entry(random, serial) };
  }
}

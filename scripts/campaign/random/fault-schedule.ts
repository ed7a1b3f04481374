import { type Chance, chanceOf } from "../../../subgraphs/_shared/demo/population-chance.ts";
import { MOODS, type Mood } from "../../../subgraphs/_shared/demo/state.ts";
import { type AgencyCode, agencyCodes, type SubgraphName, subgraphs } from "../../../subgraphs/agency-registry.ts";
import { type HarnessProcess, harnessServers } from "../harness.ts";

/** A fault to inject. Durations are milliseconds. */
export type Fault =
  | { kind: "KILL"; target: HarnessProcess; downMs: number }
  | { kind: "KILL_BACKEND"; database: SubgraphName }
  | { kind: "STALL"; target: "one-stop" | "second-desk"; forMs: number }
  | { kind: "FAULT_MODE"; agency: AgencyCode; mode: Mood; forMs: number }
  | { kind: "DUPLICATE"; parts: number }
  | { kind: "CANCEL" }
  | { kind: "CANCEL_THEN_DELIVER"; child: number };
/** A fault and its delay after the previous one. A hasty fault does not wait until the desk responds after a kill. */
export type PlannedFault = { afterMs: number; hasty: boolean; fault: Fault };

const GAP_MS = { least: 100, spread: 900 };
const HASTY_ONE_IN = 3;
const DOWN_MS = 1_500;
/** Longer than the lease of the campaign's desks. */
const STALL_MS = { least: 1_800, spread: 2_000 };
const FAULT_MODE_MS = { least: 500, spread: 3_000 };
const LAST_CHILD = 99_999;
// casts: the list has other agencies than the desk
const AGENCIES = agencyCodes.filter((agency) => agency !== "ONE_STOP") as [AgencyCode, ...AgencyCode[]];
const FAULT_MODES = MOODS.filter((mode) => mode !== "UP");
const DATABASES = subgraphs.map(({ name }) => name) as [SubgraphName, ...SubgraphName[]];

/** Faults of one round of about half a minute, each injected once: a short campaign has all of them. */
const DECK: ((chance: Chance, serial: number) => Fault)[] = [
  ...[...harnessServers, ...harnessServers, "postgres" as const].map(
    (target) =>
      (chance: Chance): Fault => ({ kind: "KILL", target, downMs: chance.below(DOWN_MS) }),
  ),
  (chance) => ({ kind: "KILL_BACKEND", database: chance.pick(DATABASES) }),
  (chance) => ({ kind: "STALL", target: "one-stop", forMs: STALL_MS.least + chance.below(STALL_MS.spread) }),
  (chance) => ({ kind: "STALL", target: "second-desk", forMs: STALL_MS.least + chance.below(STALL_MS.spread) }),
  ...FAULT_MODES.map(
    (mode) =>
      (chance: Chance): Fault => ({
        ...{ kind: "FAULT_MODE", agency: chance.pick(AGENCIES), mode },
        forMs: FAULT_MODE_MS.least + chance.below(FAULT_MODE_MS.spread),
      }),
  ),
  (chance) => ({ kind: "DUPLICATE", parts: 1 + chance.below(5) }),
  (chance) => ({ kind: "DUPLICATE", parts: 1 + chance.below(5) }),
  () => ({ kind: "CANCEL" }),
  (_, serial) => ({ kind: "CANCEL_THEN_DELIVER", child: LAST_CHILD - serial }),
];

/** Endless schedule of faults, the same for the same seed. The campaign's duration decides how much of it is injected. */
export function* scheduleOf(seed: number): Generator<PlannedFault, never> {
  const chance = chanceOf(seed);
  let deck: typeof DECK = [];
  for (let serial = 0; ; serial++) {
    if (deck.length === 0) deck = [...DECK];
    const [card] = deck.splice(chance.below(deck.length), 1);
    const afterMs = GAP_MS.least + chance.below(GAP_MS.spread);
    const hasty = chance.below(HASTY_ONE_IN) === 0;
    if (card) yield { afterMs, hasty, fault: card(chance, serial) };
  }
}

import { type Chance, chanceOf } from "../../../subgraphs/_shared/demo/population-chance.ts";
import type { Mood } from "../../../subgraphs/_shared/demo/state.ts";
import type { AgencyCode, SubgraphName } from "../../../subgraphs/agency-registry.ts";
import type { HarnessProcess } from "../harness.ts";

/** Something bad that happens. Durations are milliseconds. */
export type Fault =
  | { kind: "KILL"; target: HarnessProcess; downMs: number }
  | { kind: "KILL_BACKEND"; database: SubgraphName }
  | { kind: "STALL"; target: "one-stop" | "second-desk"; forMs: number }
  | { kind: "MOOD"; agency: AgencyCode; mood: Mood; forMs: number }
  | { kind: "DUPLICATE"; parts: number }
  | { kind: "CANCEL" }
  | { kind: "CANCEL_THEN_DELIVER"; child: number };
/** A fault and how long after the one before it; a hasty one does not wait until the desk answers again after a kill. */
export type PlannedFault = { afterMs: number; hasty: boolean; fault: Fault };

const GAP_MS = { least: 100, spread: 900 };
const HASTY_ONE_IN = 3;
const DOWN_MS = 1_500;
/** Past the lease of the campaign's desks. */
const STALL_MS = { least: 1_800, spread: 2_000 };
const MOOD_MS = { least: 500, spread: 3_000 };
const LAST_CHILD = 99_999;
const AGENCIES = ["CIVIL_STATUS", "RESIDENCE", "HEALTH_INSURANCE"] as const;
const MOODS = ["DOWN", "SLOW", "LOSES_ANSWERS", "REFUSES", "ASKS_FOR_PAPERS"] as const;
const DATABASES = ["civil-status", "residence", "health-insurance", "one-stop"] as const;

const OURS = ["gateway", "one-stop", "second-desk", "civil-status", "residence", "health-insurance"] as const;

/** Every card is played once in each round, of half a minute or so: a short campaign has all of them. */
const DECK: ((chance: Chance, serial: number) => Fault)[] = [
  ...[...OURS, ...OURS, "postgres" as const].map(
    (target) =>
      (chance: Chance): Fault => ({ kind: "KILL", target, downMs: chance.below(DOWN_MS) }),
  ),
  (chance) => ({ kind: "KILL_BACKEND", database: chance.pick(DATABASES) }),
  (chance) => ({ kind: "STALL", target: "one-stop", forMs: STALL_MS.least + chance.below(STALL_MS.spread) }),
  (chance) => ({ kind: "STALL", target: "second-desk", forMs: STALL_MS.least + chance.below(STALL_MS.spread) }),
  ...MOODS.map(
    (mood) =>
      (chance: Chance): Fault => ({
        ...{ kind: "MOOD", agency: chance.pick(AGENCIES), mood },
        forMs: MOOD_MS.least + chance.below(MOOD_MS.spread),
      }),
  ),
  (chance) => ({ kind: "DUPLICATE", parts: 1 + chance.below(5) }),
  (chance) => ({ kind: "DUPLICATE", parts: 1 + chance.below(5) }),
  () => ({ kind: "CANCEL" }),
  (_, serial) => ({ kind: "CANCEL_THEN_DELIVER", child: LAST_CHILD - serial }),
];

/** What happens in a campaign, without end: the same for the same seed. How far it comes is a matter of time. */
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

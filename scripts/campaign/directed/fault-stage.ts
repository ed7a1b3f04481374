import { DEFAULT_COMMUNE } from "../../../subgraphs/_shared/demo/population.ts";
import { legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import { type BirthInput, type Branches, requestFor } from "../birth-requests.ts";
import { type Desk, openDesk } from "../desk-client.ts";
import { type Rogue, rogue } from "../faulty-client.ts";
import { type Arena, type ArenaOptions, openArena } from "../harness.ts";
import { violations } from "../invariants/all-invariants.ts";
import { emptyLedger, type Ledger, type Sent } from "../ledger.ts";
import { atRest } from "../settled-system.ts";
import { readFacts } from "../system-facts.ts";
import type { Violation } from "../violation.ts";

/** A system on which faults are staged one by one, each exactly where it is wanted. */
export type Stage = {
  arena: Arena;
  ledger: Ledger;
  desk: Desk;
  rogue: Rogue;
  /** A child that nobody has sent yet. */
  aChild(without?: Branches): BirthInput;
  /** Sends a child's request until it is answered. */
  send(input?: BirthInput): Promise<Sent>;
};

export async function openStage(options: ArenaOptions): Promise<Stage> {
  const arena = await openArena(options);
  const ledger = emptyLedger();
  const desk = openDesk(arena.system.gatewayUrl, DEFAULT_COMMUNE, { ledger });
  const today = legalDayOf(new Date());
  let children = 0;
  const aChild = (without?: Branches) => requestFor(children++, desk.commune, today, without);
  return {
    ...{ arena, ledger, desk, aChild },
    rogue: rogue(arena, ledger),
    send: (input = aChild()) => desk.submit(input, `stage-${ledger.sent.length}`),
  };
}

/** Waits for rest; then what is wrong with all that happened on this stage so far. */
export async function verdict({ arena, ledger }: Stage, seconds = 20): Promise<Violation[]> {
  await atRest(arena, seconds);
  return violations(ledger, await readFacts(arena));
}

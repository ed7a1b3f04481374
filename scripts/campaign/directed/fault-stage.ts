import { DEFAULT_COMMUNE } from "../../../subgraphs/_shared/demo/population.ts";
import { legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import { type BirthInput, type Branches, requestFor } from "../birth-requests.ts";
import { type DeskClient, openDeskClient } from "../desk-client.ts";
import { type FaultyClient, openFaultyClient } from "../faulty-client.ts";
import { type Harness, type HarnessOptions, openHarness } from "../harness.ts";
import { violations } from "../invariants/all-invariants.ts";
import { emptyLedger, type Ledger, type Sent } from "../ledger.ts";
import { isSettled } from "../settled-system.ts";
import { readSystemFacts } from "../system-facts.ts";
import type { Violation } from "../violation.ts";

/** A system on which single faults are staged, each at a chosen place. */
export type FaultStage = {
  harness: Harness;
  ledger: Ledger;
  desk: DeskClient;
  faultyClient: FaultyClient;
  /** Request of a child that was not sent yet. */
  aChild(without?: Branches): BirthInput;
  /** Sends a child's request until there is a response. */
  send(input?: BirthInput): Promise<Sent>;
};

export async function openFaultStage(options: HarnessOptions): Promise<FaultStage> {
  const harness = await openHarness(options);
  const ledger = emptyLedger();
  const desk = openDeskClient(harness.system.gatewayUrl, DEFAULT_COMMUNE, { ledger });
  const today = legalDayOf(new Date());
  let children = 0;
  const aChild = (without?: Branches) => requestFor(children++, desk.commune, today, without);
  return {
    ...{ harness, ledger, desk, aChild },
    faultyClient: openFaultyClient(harness, ledger),
    send: (input = aChild()) => desk.submit(input, `stage-${ledger.sent.length}`),
  };
}

/** Waits until the system is settled, then checks all invariants over everything that happened on this stage. */
export async function verdict({ harness, ledger }: FaultStage, seconds = 20): Promise<Violation[]> {
  await isSettled(harness, seconds);
  return violations(ledger, await readSystemFacts(harness));
}

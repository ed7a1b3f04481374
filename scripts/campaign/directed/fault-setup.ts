import { DEFAULT_COMMUNE } from "../../../subgraphs/_shared/demo/population.ts";
import { legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import { type BirthInput, type Branches, requestFor } from "../birth-requests.ts";
import { type DeskClient, openDeskClient } from "../desk-client.ts";
import { type FaultyClient, openFaultyClient } from "../faulty-client.ts";
import { type Harness, type HarnessOptions, openHarness } from "../harness.ts";
import { violations } from "../invariants/all-invariants.ts";
import { emptyLedger, type Ledger, type SentRequest } from "../ledger.ts";
import { isSettled } from "../settled-system.ts";
import { readSystemFacts } from "../system-facts.ts";
import type { Violation } from "../violation.ts";

/** System into which directed faults are injected one by one. */
export type FaultSetup = {
  harness: Harness;
  ledger: Ledger;
  desk: DeskClient;
  faultyClient: FaultyClient;
  /** Request for a child that no earlier request has. */
  newChild(without?: Branches): BirthInput;
  /** Sends a request until there is a response. */
  send(input?: BirthInput): Promise<SentRequest>;
};

export async function openFaultSetup(options: HarnessOptions): Promise<FaultSetup> {
  const harness = await openHarness(options);
  const ledger = emptyLedger();
  const desk = openDeskClient(harness.system.gatewayUrl, DEFAULT_COMMUNE, { ledger });
  const today = legalDayOf(new Date());
  let children = 0;
  const newChild = (without?: Branches) => requestFor(children++, desk.commune, today, without);
  return {
    ...{ harness, ledger, desk, newChild },
    faultyClient: openFaultyClient(harness, ledger),
    send: (input = newChild()) => desk.submit(input, `setup-${ledger.sent.length}`),
  };
}

/** Waits until the system is settled, then checks all invariants. */
export async function checkInvariants({ harness, ledger }: FaultSetup, seconds = 20): Promise<Violation[]> {
  await isSettled(harness, seconds);
  return violations(ledger, await readSystemFacts(harness));
}

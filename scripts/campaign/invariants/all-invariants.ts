import type { Ledger } from "../ledger.ts";
import type { SystemFacts } from "../system-facts.ts";
import type { Violation } from "../violation.ts";
import { deadlinesKept } from "./deadline-invariants.ts";
import { historyConsistent } from "./history-invariants.ts";
import { paymentsAgree } from "./payment-invariants.ts";
import {
  grantsHaveEntries,
  noDuplicates,
  noOrphans,
  refusalsExpected,
  statesAgree,
  tombstonesKept,
} from "./register-invariants.ts";
import {
  acknowledgedStored,
  childKeysConsistent,
  oneResponsePerKey,
  requestsEnd,
  reservedCodesUsedOnce,
} from "./request-invariants.ts";

/** All violations of invariants in a settled system. */
export function violations(ledger: Ledger, facts: SystemFacts): Violation[] {
  return [
    ...acknowledgedStored(ledger, facts),
    ...oneResponsePerKey(ledger),
    ...requestsEnd(facts),
    ...noDuplicates(facts),
    ...grantsHaveEntries(facts),
    ...refusalsExpected(facts),
    ...statesAgree(facts),
    ...noOrphans(facts, ledger),
    ...tombstonesKept(facts, ledger),
    ...historyConsistent(facts),
    ...deadlinesKept(facts),
    ...reservedCodesUsedOnce(ledger, facts),
    ...childKeysConsistent(facts),
    ...paymentsAgree(facts),
  ];
}

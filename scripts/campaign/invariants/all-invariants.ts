import type { Ledger } from "../ledger.ts";
import type { SystemFacts } from "../system-facts.ts";
import type { Violation } from "../violation.ts";
import { historySane } from "./history-invariants.ts";
import {
  grantedThere,
  noOrphans,
  nothingTwice,
  refusedOnlyAsTold,
  sidesAgree,
  tombstonesHold,
} from "./register-invariants.ts";
import { acknowledgedFound, answeredOnce, childKeysConsistent, requestsEnd } from "./request-invariants.ts";

/** All violations of invariants in a settled system. */
export function violations(ledger: Ledger, facts: SystemFacts): Violation[] {
  return [
    ...acknowledgedFound(ledger, facts),
    ...answeredOnce(ledger),
    ...requestsEnd(facts),
    ...nothingTwice(facts),
    ...grantedThere(facts),
    ...refusedOnlyAsTold(facts),
    ...sidesAgree(facts),
    ...noOrphans(facts, ledger),
    ...tombstonesHold(facts, ledger),
    ...historySane(facts),
    ...childKeysConsistent(facts),
  ];
}

import type { CheckGroup } from "./check.ts";
import { instructChecks } from "./instruct-checks.ts";
import { cancellationChecks } from "./part-cancellation-checks.ts";
import { checkingChecks, deliveryChecks } from "./part-delivery-checks.ts";
import { listingChecks } from "./part-listing-checks.ts";
import { refusalChecks } from "./part-refusal-checks.ts";
import type { PartsFile } from "./parts-file.ts";

/** Checks of the part protocol; skipped without `file`, and if the agency decides no parts. */
export function partChecks(servesParts: boolean, file: PartsFile | undefined): CheckGroup {
  const title = "Part protocol (subgraphs/_shared/parts/PROTOCOL.md)";
  if (!servesParts) return { title, checks: [], skipped: "the schema has no partStatus: the agency decides no parts" };
  if (!file) return { title, checks: [], skipped: "no contents to deliver: give --parts FILE" };
  const checks = [
    checkingChecks,
    deliveryChecks,
    instructChecks,
    cancellationChecks,
    listingChecks,
    refusalChecks,
  ].flatMap((group) => group(file));
  return { title, checks };
}

import type { Logger } from "pino";
import { type Repeating, startRepeating } from "../../_shared/serving/repeating.ts";
import { type AgencyCode, subgraphs } from "../../agency-registry.ts";
import { type Collecting, collectReminders } from "./collect.ts";

/** Agencies whose entries have a term. */
export const remindingAgencies: readonly AgencyCode[] = subgraphs.flatMap((each) =>
  "expiry" in each ? each.agency : [],
);

/** Reads the reminders of all agencies every `everyMs`. An agency that does not answer delays no other and is asked again. */
export function startCollector(collecting: Collecting & { log: Logger }, everyMs: number): Repeating {
  return startRepeating({ everyMs }, async (isStopped) => {
    for (const agency of remindingAgencies) {
      if (isStopped()) return;
      await collectReminders(collecting, agency).catch((err: unknown) =>
        collecting.log.warn({ err, agency }, "the reminders of an agency are not read yet"),
      );
    }
  });
}

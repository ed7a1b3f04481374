import { agencyOf } from "../../_shared/registers/agency-type.ts";
import { unauthenticated } from "../../_shared/serving/errors.ts";
import type { OneStopContext } from "../loaders.ts";
import { backlogByAgency } from "./backlog-by-agency.ts";
import type { OutboxBacklog } from "./types.ts";

/**
 * Backlog of each agency that has one. It says nothing about persons.
 * @throws UNAUTHENTICATED for an anonymous caller, unless the desk shows its state to the public
 */
export async function outboxBacklog({ db, caller, loaders }: OneStopContext): Promise<OutboxBacklog[]> {
  if (caller.role === "anonymous" && !loaders.desk().configuration.isStatusPublic) throw unauthenticated([]);
  const rows = await backlogByAgency(db);
  return rows.map((row) => ({ ...row, agency: agencyOf(row.agency) }));
}

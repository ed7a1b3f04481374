import { eq, type SQL } from "drizzle-orm";
import type { Caller } from "../../_shared/identity/caller.ts";
import { reaches, rowsWithin } from "../../_shared/rights/row-rights.ts";
import { webhooks } from "./tables.ts";

const webhookReach = reaches("ONE_STOP", { clerk: "office", leader: "office", portal: "province" });

/** Webhooks of a caller's office or province, whoever of it created them: they outlast the person. */
export function visibleWebhooks(caller: Caller): SQL {
  return rowsWithin(webhookReach(caller), {
    office: (office) => eq(webhooks.reachOffice, office),
    province: (province) => eq(webhooks.reachProvince, province),
  });
}

/** Reach of a webhook that a caller creates; null for a caller without an office or province. */
export function reachOfNew(caller: Caller): { reachOffice: string | null; reachProvince: string | null } | null {
  const reach = webhookReach(caller);
  if (reach.kind === "office") return { reachOffice: reach.office, reachProvince: null };
  return reach.kind === "province" ? { reachOffice: null, reachProvince: reach.province } : null;
}

import { officerOf } from "../../_shared/rights/permissions.ts";
import { agencyCodes } from "../../agency-registry.ts";
import type { OneStopContext } from "../loaders.ts";
import type { HistoryRow } from "../saga/stored-history.ts";
import { officerName } from "./parts.ts";
import type { Officer } from "./types.ts";

/** Roles of officers who belong to no agency's register. */
const OF_THE_DESK = ["clerk", "leader", "administrator"];

/**
 * Officer who brought an entry of the history about; null where the citizen, a system or an agency by itself did. An agency's
 * answer to a decision comes later than the decision and is the decision of the same officer.
 */
export async function actingOfficer(
  { dossierId, stepKey, at, actor }: HistoryRow,
  { loaders }: OneStopContext,
): Promise<Officer | null> {
  const before = (await loaders.actsByDossier.load(dossierId)).filter((act) => act.at <= at);
  if ((agencyCodes as readonly string[]).includes(actor)) {
    const steps = await loaders.stepsByDossier.load(dossierId);
    const step = steps.find(({ key }) => key === stepKey);
    const last = before.findLast(({ stepId }) => step !== undefined && stepId === step.id);
    return last?.kind === "DECIDE" ? named(last.role, last.owner) : null;
  }
  const act = before.findLast((each) => each.role === actor && each.at.getTime() === at.getTime());
  if (act) return named(act.role, act.owner);
  const { owner, receivedAt } = await loaders.dossierById.load(dossierId);
  return receivedAt.getTime() === at.getTime() ? named(actor, owner) : null;
}

function named(role: string, subject: string): Officer | null {
  const isOfficer = OF_THE_DESK.includes(role) || officerOf(role) !== undefined;
  return isOfficer ? { id: subject, name: officerName({ role, subject }) } : null;
}

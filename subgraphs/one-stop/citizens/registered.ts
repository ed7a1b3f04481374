import type { OneStopContext } from "../loaders.ts";
import { NotAnswered } from "../saga/agency-requests.ts";

const EXISTS_DEADLINE_MS = 1_000;

/** Asks the population register. If it is down, the citizen counts as registered: the other agencies may still answer. */
export async function isRegistered(personalId: string, ctx: OneStopContext): Promise<boolean> {
  const { subject, requestId } = ctx.caller;
  try {
    const { agencies } = ctx.loaders.desk();
    return await agencies.citizenExists(personalId, { onBehalfOf: subject, requestId }, EXISTS_DEADLINE_MS);
  } catch (error) {
    if (error instanceof NotAnswered) return true;
    throw error;
  }
}

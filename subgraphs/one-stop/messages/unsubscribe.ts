import { eq } from "drizzle-orm";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { ownProblem, type Problem } from "../acceptance/problems.ts";
import type { OneStopContext } from "../loaders.ts";
import { dossiers, requests } from "../tables.ts";
import { unsubscribeTokenWrong } from "./problems.ts";
import { recipientOf } from "./recipient.ts";
import { messageChoices } from "./tables.ts";
import { dossierOfToken } from "./unsubscribe-token.ts";

/**
 * Stops e-mail to the address that a token stands for. Again it is stopped from then on, also where messages were chosen meanwhile.
 */
export async function unsubscribeEmail(ctx: OneStopContext, token: string): Promise<Problem | null> {
  const dossierId = await dossierOfToken(ctx.database.sql, token);
  const [found] = dossierId
    ? await ctx.db
        .select({ code: dossiers.code, request: requests.request })
        .from(dossiers)
        .innerJoin(requests, eq(requests.dossierId, dossiers.id))
        .where(eq(dossiers.id, dossierId))
    : [];
  const { personalId, email } = recipientOf(found?.request ?? {});
  if (!found || email === null) return ownProblem(["token"], unsubscribeTokenWrong());
  const recipient = email.toLowerCase();
  const set = { stoppedAt: ctx.now, changedAt: ctx.now };
  await ctx.db.transaction(async (tx) => {
    await tx
      .insert(messageChoices)
      .values({ recipient, ...set })
      .onConflictDoUpdate({ target: messageChoices.recipient, set });
    const caller = { ...ctx.caller, subject: `unsubscribe:${found.code}`, purpose: found.code };
    await recordChange(tx, caller, [personalId ?? found.code], ["MessageChoice"]);
  });
  return null;
}

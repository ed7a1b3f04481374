import { eq } from "drizzle-orm";
import { parseDossierCode } from "../../_shared/reference/identifiers/dossier-code.ts";
import { badUserInput, notFound, rateLimited } from "../../_shared/serving/errors.ts";
import type { DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { dossiers } from "../tables.ts";
import { countAttempt } from "./attempts.ts";

/**
 * Dossier of a person who has its receipt: the code, and the last four digits of the phone. Each call counts as an attempt.
 * @throws NOT_FOUND, or RATE_LIMITED after too many wrong attempts at the code
 */
export async function dossierByReceipt(ctx: OneStopContext, code: string, phoneLast4: string): Promise<DossierRow> {
  if (!/^\d{4}$/.test(phoneLast4)) throw badUserInput("phoneLast4 is exactly four digits", "phoneLast4");
  if (!parseDossierCode(code).ok) throw notFound("dossier");
  const [dossier] = await ctx.db.select().from(dossiers).where(eq(dossiers.code, code));
  const isRight = dossier?.phoneLast4 === phoneLast4;
  const locked = await countAttempt(ctx.database.sql, code, isRight);
  if (locked > 0) {
    throw rateLimited(
      "Too many wrong attempts at this code; try again later (Nhập sai quá nhiều lần, đề nghị thử lại sau)",
      locked,
    );
  }
  if (!dossier || !isRight) throw notFound("dossier");
  ctx.access.read(dossier.applicantPersonalId ?? code, code);
  return dossier;
}

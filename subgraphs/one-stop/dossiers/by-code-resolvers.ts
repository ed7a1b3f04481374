import { Arg, Ctx, Directive, ID, Query, Resolver } from "type-graphql";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { badUserInput, notFound } from "../../_shared/serving/errors.ts";
import type { OneStopContext } from "../loaders.ts";
import { dossiersByCode } from "./dossier-list.ts";
import { Dossier } from "./types.ts";

/** Most codes of one query. */
const MOST_CODES = 100;

@Resolver()
export class DossiersByCodeResolver {
  @RequiresScopes("dossier:read")
  @Directive(`@listSize(assumedSize: ${MOST_CODES})`)
  @Query(() => [Dossier], {
    nullable: "itemsAndList",
    description:
      "Dossiers by their codes, in the order of the codes; null with NOT_FOUND for each that is not within the caller's reach (tra cứu nhiều hồ sơ).",
  })
  async dossiersByCode(
    @Arg("codes", () => [ID], { description: "1 to 100 codes of dossiers (các mã hồ sơ)." }) codes: string[],
    @Ctx() ctx: OneStopContext,
  ): Promise<(Dossier | Error)[]> {
    if (codes.length < 1 || codes.length > MOST_CODES) {
      throw badUserInput(`codes has between 1 and ${MOST_CODES} codes; send the others in another query`, "codes");
    }
    const found = await dossiersByCode(ctx.db, ctx.caller, codes);
    for (const dossier of found) if (dossier) ctx.access.read(dossier.applicantPersonalId ?? dossier.code);
    return found.map((dossier) => dossier ?? notFound("dossier"));
  }
}

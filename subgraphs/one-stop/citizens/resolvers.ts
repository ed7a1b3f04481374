import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { PersonalIdScalar } from "../../_shared/serving/scalars.ts";
import { dossiersOfCitizen } from "../dossiers/list.ts";
import { DossierConnection } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { PAGED } from "../paging/pages.ts";
import { maySeeCitizen } from "./rights.ts";
import { Citizen } from "./types.ts";

@Resolver(() => Citizen)
export class CitizenResolver {
  @RequiresScopes("citizen:read")
  @Directive("@cost(weight: 5)") // its registers are looked up, and every look is recorded
  @Query(() => Citizen, {
    nullable: true,
    description: "One citizen across all agencies; NOT_FOUND where it is not the caller's to see (công dân).",
  })
  async citizen(
    @Arg("personalId", () => PersonalIdScalar, { description: "Personal number (số định danh cá nhân)." })
    personalId: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<Citizen> {
    if (!(await maySeeCitizen(personalId, ctx))) throw notFound("citizen");
    ctx.access.read(personalId);
    return { personalId };
  }

  @RequiresScopes("dossier:read")
  @Directive(PAGED)
  @FieldResolver(() => DossierConnection, {
    nullable: true,
    description: "Dossiers the citizen is a party to, newest first (hồ sơ).",
  })
  async dossiers(
    @Root() { personalId }: Citizen,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." }) after:
      | string
      | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<DossierConnection | null> {
    if (!personalId) return null;
    ctx.access.read(personalId);
    return dossiersOfCitizen(ctx.db, ctx.caller, personalId, { first, after: after ?? null });
  }
}

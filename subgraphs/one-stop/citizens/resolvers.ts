import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { PersonalIdScalar } from "../../_shared/serving/scalars.ts";
import { dossiersOfCitizen } from "../dossiers/dossier-list.ts";
import { DossierConnection } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { PAGED } from "../paging/pages.ts";
import { maySeeCitizen } from "../rights.ts";
import { isRegistered } from "./registered.ts";
import { Citizen } from "./types.ts";

@Resolver(() => Citizen)
export class CitizenResolver {
  @RequiresScopes("citizen:read")
  @Directive("@cost(weight: 5)") // asks the population register and records each access
  @Query(() => Citizen, {
    nullable: true,
    description: "One citizen across all agencies; NOT_FOUND if the caller may not see the citizen (công dân).",
  })
  async citizen(
    @Arg("personalId", () => PersonalIdScalar, { description: "Personal number (số định danh cá nhân)." })
    personalId: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<Citizen> {
    const known = () => isRegistered(personalId, ctx);
    if (!(await maySeeCitizen(ctx.db, ctx.caller, personalId, known))) throw notFound("citizen");
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

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { commonFacts } from "../acceptance/common-facts.ts";
import { Dossier, type DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { FilledBy } from "./types.ts";

@Resolver(() => Dossier)
export class FilledByResolver {
  @FieldResolver(() => FilledBy, {
    nullable: true,
    description: "Helper who filled the form in for the applicant; null if nobody helped (người khai giúp).",
  })
  async filledBy(@Root() { id, code }: DossierRow, @Ctx() ctx: OneStopContext): Promise<FilledBy | null> {
    const { filledBy } = commonFacts(await ctx.loaders.requestByDossier.load(id));
    if (!filledBy) return null;
    ctx.access.read(filledBy.personalId ?? code, code);
    return { ...filledBy, capacity: filledBy.capacity ?? "OTHER" };
  }
}

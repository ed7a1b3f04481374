import { Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { RecordedPerson } from "../../_shared/registers/recorded-person-type.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { shown } from "../references.ts";
import { searchedBirth, searchedMarriage } from "../rights.ts";
import { Citizen } from "../types.ts";

@Resolver(() => Citizen)
export class CitizenFamilyResolver {
  // as of the child of a birth: the names are known here, also while residence is down
  @Directive('@provides(fields: "id fullName dateOfBirth")')
  @RequiresScopes("birth:read", "citizen:read")
  @FieldResolver(() => [Citizen], {
    nullable: true,
    description:
      "Children by registered births and recognitions, the eldest first (các con), Law on Civil Status 60/2014, art. 14 and 24.",
  })
  async children(@Root() { personalId }: Citizen, @Ctx() ctx: CivilStatusContext): Promise<Citizen[] | null> {
    if (!personalId) return null;
    const children = await ctx.loaders.childrenByParent.load(personalId);
    searchedBirth(ctx.caller, personalId, children[0] ?? null);
    for (const { id, personalId: number, dossier } of children) ctx.access.read(number ?? id ?? "", dossier);
    return children.map(({ dossier: _, ...child }) => child);
  }

  @RequiresScopes("marriage:read")
  @FieldResolver(() => Citizen, {
    nullable: true,
    description:
      "Spouse by the registered marriage in force (vợ, chồng); null without one, and for a spouse without a personal number, whom `marriages` names. Law on Civil Status 60/2014, art. 17.",
  })
  async spouse(@Root() { personalId }: Citizen, @Ctx() ctx: CivilStatusContext): Promise<Citizen | null> {
    if (!personalId) return null;
    const key = await ctx.loaders.spouseByPersonalId.load(personalId);
    searchedMarriage(ctx.caller, personalId, key);
    ctx.access.read(personalId);
    const spouse = key === null ? null : parsePersonalId(key);
    if (!spouse?.ok) return null;
    ctx.access.read(spouse.value);
    return { personalId: spouse.value };
  }

  @RequiresScopes("birth:read", "citizen:read")
  @FieldResolver(() => RecordedPerson, {
    nullable: true,
    description:
      "Name and date of birth of the registered birth, with its corrections (thông tin theo Giấy khai sinh), Law on Civil Status 60/2014, art. 14.",
  })
  async recordedAtBirth(
    @Root() { personalId }: Citizen,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<RecordedPerson | null> {
    if (!personalId) return null;
    const birth = shown(
      searchedBirth(ctx.caller, personalId, await ctx.loaders.birthByPersonalId.load(personalId)),
      ctx,
    );
    const { fullName = null, dateOfBirth = null } = birth?.child ?? {};
    return birth && { fullName, dateOfBirth };
  }
}

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { MaritalStatusConfirmation } from "../confirmations/types.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { searchedConfirmation, searchedMarriage } from "../rights.ts";
import { Citizen } from "../types.ts";
import type { MaritalStatus } from "./marital-status.ts";
import { MaritalStatusEnum } from "./marital-status-type.ts";
import { shownMarriage } from "./references.ts";
import { MarriageRegistration } from "./types.ts";

@Resolver(() => Citizen)
export class CitizenMarriageResolver {
  @RequiresScopes("marriage:read")
  @FieldResolver(() => [MarriageRegistration], {
    nullable: true,
    description: "Marriages of the citizen, the first one first (các đăng ký kết hôn).",
  })
  async marriages(
    @Root() { personalId }: Citizen,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<MarriageRegistration[] | null> {
    if (!personalId) return null;
    const marriages = await ctx.loaders.marriagesByPersonalId.load(personalId);
    searchedMarriage(ctx.caller, personalId, marriages[0] ?? null);
    return marriages.flatMap((marriage) => shownMarriage(marriage, ctx) ?? []);
  }

  @RequiresScopes("marriage:read")
  @FieldResolver(() => MaritalStatusEnum, {
    nullable: true,
    description: "Marital status as far as the register knows (tình trạng hôn nhân).",
  })
  async maritalStatus(@Root() { personalId }: Citizen, @Ctx() ctx: CivilStatusContext): Promise<MaritalStatus | null> {
    if (!personalId) return null;
    searchedMarriage(ctx.caller, personalId, null);
    ctx.access.read(personalId);
    return (await ctx.loaders.maritalStatusByPersonalId.load(personalId)).status;
  }

  @RequiresScopes("marriage:read")
  @FieldResolver(() => [MaritalStatusConfirmation], {
    nullable: true,
    description: "Confirmations of the marital status, the oldest first (giấy xác nhận tình trạng hôn nhân).",
  })
  async maritalStatusConfirmations(
    @Root() { personalId }: Citizen,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<MaritalStatusConfirmation[] | null> {
    if (!personalId) return null;
    const confirmations = await ctx.loaders.confirmationsByPersonalId.load(personalId);
    searchedConfirmation(ctx.caller, personalId, confirmations[0] ?? null);
    if (confirmations.length > 0) ctx.access.read(personalId);
    return confirmations;
  }
}

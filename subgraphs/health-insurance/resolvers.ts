import {
  Arg,
  type ClassType,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Int,
  type NonEmptyArray,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { badUserInput } from "../_shared/serving/errors.ts";
import type { Entity } from "../_shared/serving/subgraph.ts";
import { childCardEntitlement } from "./entitlement.ts";
import { searchFacilities } from "./facility-search.ts";
import type { HealthInsuranceContext, HeldCard } from "./loaders.ts";
import { searchedCard } from "./rights.ts";
import { CareFacility, ChildCardEntitlement, Citizen, HealthInsuranceCard } from "./types.ts";

@Resolver(() => Citizen)
class CitizenHealthInsuranceResolver {
  @FieldResolver(() => HealthInsuranceCard, { nullable: true })
  async healthInsuranceCard(
    @Root() { personalId }: Citizen,
    @Ctx() ctx: HealthInsuranceContext,
  ): Promise<HeldCard | null> {
    if (!personalId) return null;
    return shown(searchedCard(ctx.caller, personalId, await ctx.loaders.cardByHolder.load(personalId)), ctx);
  }

  @FieldResolver(() => ChildCardEntitlement, { nullable: true })
  childCardEntitlement(
    @Root() { personalId, dateOfBirth }: Citizen,
    @Ctx() ctx: HealthInsuranceContext,
  ): ChildCardEntitlement | null {
    if (!personalId || !dateOfBirth) return null;
    ctx.access.read(personalId);
    return childCardEntitlement(dateOfBirth, ctx.now);
  }
}

const LARGEST_LIST = 200;

@Resolver()
class CareFacilityResolver {
  @Directive('@listSize(slicingArguments: ["first"])')
  @Query(() => [CareFacility], {
    nullable: true,
    description:
      "Public list of facilities of first medical care, by commune, province or part of the name, with or without diacritics (danh mục cơ sở khám chữa bệnh ban đầu).",
  })
  careFacilities(
    @Arg("first", () => Int, { description: "Size of the list, 1 to 200 (số dòng)." }) first: number,
    @Arg("search", () => String, { nullable: true, description: "Code or part of the name (từ khóa)." })
    search: string | null,
    @Arg("commune", () => ID, { nullable: true, description: "Code of the commune (mã đơn vị hành chính cấp xã)." })
    commune: string | null,
    @Arg("province", () => ID, { nullable: true, description: "Code of the province (mã tỉnh)." })
    province: string | null,
    @Ctx() ctx: HealthInsuranceContext,
  ): Promise<CareFacility[]> {
    if (first < 1 || first > LARGEST_LIST) throw badUserInput(`first lies between 1 and ${LARGEST_LIST}`, "first");
    return searchFacilities(
      ctx.db,
      { search: search ?? null, commune: commune ?? null, province: province ?? null },
      first,
    );
  }
}

/** A card that a dossier refers to. @throws NOT_FOUND if the caller may not see it */
async function resolveCard({ id }: { id: string }, ctx: HealthInsuranceContext): Promise<HeldCard | null> {
  return shown(searchedCard(ctx.caller, null, await ctx.loaders.cardById.load(id)), ctx);
}

/** Records in the access log that the holder's data were read. */
function shown(card: HeldCard | null, ctx: HealthInsuranceContext): HeldCard | null {
  if (card) ctx.access.read(card.holder, card.dossier);
  return card;
}

/** Resolvers of the agency, and the entities that it defines or extends. */
export const resolvers: NonEmptyArray<ClassType> = [CareFacilityResolver, CitizenHealthInsuranceResolver];
export const entities: readonly Entity[] = [
  { type: Citizen },
  { type: HealthInsuranceCard, resolveReference: resolveCard },
];

import { Arg, Ctx, Directive, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { KEY } from "../../_shared/registers/act-answers.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { badUserInput } from "../../_shared/serving/errors.ts";
import { answerOf } from "../acts/answer.ts";
import { HealthInsuranceActResult } from "../acts/types.ts";
import type { HealthInsuranceContext } from "../loaders.ts";
import { CareFacility } from "../types.ts";
import { changeCareFacility } from "./change.ts";
import { CareFacilityChangeInput } from "./input.ts";
import { searchFacilities } from "./search.ts";

const LARGEST_LIST = 200;

@Resolver()
export class CareFacilityResolver {
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

  @RequiresScopes("health-insurance:register")
  @Mutation(() => HealthInsuranceActResult, {
    nullable: true,
    description: "Changes the facility of first care of a card (đổi nơi đăng ký khám chữa bệnh ban đầu), art. 26.",
  })
  async changeCareFacility(
    @Arg("input", () => CareFacilityChangeInput, { description: "The change (nội dung)." })
    input: CareFacilityChangeInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: HealthInsuranceContext,
  ): Promise<HealthInsuranceActResult> {
    return answerOf(await changeCareFacility(ctx, input, idempotencyKey));
  }
}

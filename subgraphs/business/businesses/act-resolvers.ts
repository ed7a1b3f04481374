import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { KEY } from "../../_shared/registers/act-answers.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { answerOf } from "../acts/answer.ts";
import { BusinessActResult } from "../acts/types.ts";
import type { BusinessContext } from "../loaders.ts";
import { changeBusiness } from "./change.ts";
import { endBusiness } from "./end.ts";
import {
  BusinessBranchInput,
  BusinessChangeInput,
  BusinessStateInput,
  BusinessSuspensionInput,
  EnterpriseInput,
  HouseholdBusinessInput,
} from "./input.ts";
import { registerBranch, registerEnterprise } from "./register-enterprise.ts";
import { registerHousehold } from "./register-household.ts";
import { resumeBusiness, suspendBusiness } from "./suspension.ts";

@Resolver()
export class BusinessRegistrationResolver {
  @RequiresScopes("business:register")
  @Mutation(() => BusinessActResult, {
    nullable: true,
    description: "Registers a household business; its code is the owner's personal number (đăng ký hộ kinh doanh).",
  })
  async registerHouseholdBusiness(
    @Arg("input", () => HouseholdBusinessInput, { description: "The business (nội dung)." })
    input: HouseholdBusinessInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: BusinessContext,
  ): Promise<BusinessActResult> {
    return answerOf(await registerHousehold(ctx, input, idempotencyKey));
  }

  @RequiresScopes("business:register")
  @Mutation(() => BusinessActResult, {
    nullable: true,
    description: "Registers an enterprise under its tax code (đăng ký doanh nghiệp).",
  })
  async registerEnterprise(
    @Arg("input", () => EnterpriseInput, { description: "The enterprise (nội dung)." }) input: EnterpriseInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: BusinessContext,
  ): Promise<BusinessActResult> {
    return answerOf(await registerEnterprise(ctx, input, idempotencyKey));
  }

  @RequiresScopes("business:register")
  @Mutation(() => BusinessActResult, {
    nullable: true,
    description: "Registers a branch under the next number of its enterprise (đăng ký chi nhánh).",
  })
  async registerBusinessBranch(
    @Arg("input", () => BusinessBranchInput, { description: "The branch (nội dung)." }) input: BusinessBranchInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: BusinessContext,
  ): Promise<BusinessActResult> {
    return answerOf(await registerBranch(ctx, input, idempotencyKey));
  }

  @RequiresScopes("business:register")
  @Mutation(() => BusinessActResult, {
    nullable: true,
    description: "Changes registered facts; what is left out stays (đăng ký thay đổi).",
  })
  async changeBusiness(
    @Arg("input", () => BusinessChangeInput, { description: "The change (nội dung)." }) input: BusinessChangeInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: BusinessContext,
  ): Promise<BusinessActResult> {
    return answerOf(await changeBusiness(ctx, input, idempotencyKey));
  }

  @RequiresScopes("business:register")
  @Mutation(() => BusinessActResult, {
    nullable: true,
    description: "Suspends a business for a period, after which it is active again (tạm ngừng kinh doanh).",
  })
  async suspendBusiness(
    @Arg("input", () => BusinessSuspensionInput, { description: "The period (nội dung)." })
    input: BusinessSuspensionInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: BusinessContext,
  ): Promise<BusinessActResult> {
    return answerOf(await suspendBusiness(ctx, input, idempotencyKey));
  }

  @RequiresScopes("business:register")
  @Mutation(() => BusinessActResult, {
    nullable: true,
    description: "Ends a suspension early (tiếp tục kinh doanh trước thời hạn).",
  })
  async resumeBusiness(
    @Arg("input", () => BusinessStateInput, { description: "The business (nội dung)." }) input: BusinessStateInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: BusinessContext,
  ): Promise<BusinessActResult> {
    return answerOf(await resumeBusiness(ctx, input, idempotencyKey));
  }

  @RequiresScopes("business:register")
  @Mutation(() => BusinessActResult, {
    nullable: true,
    description: "Ends a business and its licences; branches in force stop it (chấm dứt hoạt động).",
  })
  async endBusiness(
    @Arg("input", () => BusinessStateInput, { description: "The business (nội dung)." }) input: BusinessStateInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: BusinessContext,
  ): Promise<BusinessActResult> {
    return answerOf(await endBusiness(ctx, input, idempotencyKey));
  }
}

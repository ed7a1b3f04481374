import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { KEY } from "../../_shared/registers/act-answers.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { answerOf } from "../acts/answer.ts";
import { HealthInsuranceActResult } from "../acts/types.ts";
import type { HealthInsuranceContext } from "../loaders.ts";
import { correctHealthInsuranceHolder } from "./correct-holder.ts";
import { enrolParticipants } from "./enrol.ts";
import {
  HealthInsuranceEndInput,
  HealthInsuranceEnrolmentInput,
  HealthInsuranceHolderCorrectionInput,
  HealthInsuranceRenewalInput,
} from "./input.ts";
import { endHealthInsurance, renewHealthInsurance } from "./renew-end.ts";

@Resolver()
export class ParticipantResolver {
  @RequiresScopes("health-insurance:register")
  @Mutation(() => HealthInsuranceActResult, {
    nullable: true,
    description: "Enrols participants in one group, all of them or none (đăng ký tham gia, báo tăng), art. 12.",
  })
  async enrolHealthInsurance(
    @Arg("input", () => HealthInsuranceEnrolmentInput, { description: "The enrolment (nội dung)." })
    input: HealthInsuranceEnrolmentInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: HealthInsuranceContext,
  ): Promise<HealthInsuranceActResult> {
    return answerOf(await enrolParticipants(ctx, input, idempotencyKey, Math.random));
  }

  @RequiresScopes("health-insurance:register")
  @Mutation(() => HealthInsuranceActResult, {
    nullable: true,
    description: "Adds a further term to a card in the same group (gia hạn thẻ), art. 16.",
  })
  async renewHealthInsurance(
    @Arg("input", () => HealthInsuranceRenewalInput, { description: "The renewal (nội dung)." })
    input: HealthInsuranceRenewalInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: HealthInsuranceContext,
  ): Promise<HealthInsuranceActResult> {
    return answerOf(await renewHealthInsurance(ctx, input, idempotencyKey));
  }

  @RequiresScopes("health-insurance:register")
  @Mutation(() => HealthInsuranceActResult, {
    nullable: true,
    description: "Corrects the holder's name or date of birth on a card (điều chỉnh thông tin trên thẻ), art. 16.",
  })
  async correctHealthInsuranceHolder(
    @Arg("input", () => HealthInsuranceHolderCorrectionInput, { description: "The correction (nội dung)." })
    input: HealthInsuranceHolderCorrectionInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: HealthInsuranceContext,
  ): Promise<HealthInsuranceActResult> {
    return answerOf(await correctHealthInsuranceHolder(ctx, input, idempotencyKey));
  }

  @RequiresScopes("health-insurance:register")
  @Mutation(() => HealthInsuranceActResult, {
    nullable: true,
    description: "Ends a term before its last day, or closes the card after a death (báo giảm, khóa thẻ), art. 16.",
  })
  async endHealthInsurance(
    @Arg("input", () => HealthInsuranceEndInput, { description: "The end (nội dung)." }) input: HealthInsuranceEndInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: HealthInsuranceContext,
  ): Promise<HealthInsuranceActResult> {
    return answerOf(await endHealthInsurance(ctx, input, idempotencyKey));
  }
}

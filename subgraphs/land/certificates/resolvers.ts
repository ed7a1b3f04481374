import { Arg, Ctx, Directive, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { KEY } from "../../_shared/registers/act-answers.ts";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { answerOf } from "../acts/answer.ts";
import { LandActResult } from "../acts/types.ts";
import type { LandContext } from "../loaders.ts";
import { LandCertificate, LandHolder } from "../types.ts";
import { LandCertificateFilter, LandCertificateIssueInput, LandTransferInput } from "./input.ts";
import { issueCertificate } from "./issue.ts";
import type { LoadedCertificate } from "./loaders.ts";
import { searchCertificates } from "./search.ts";
import { transferLand } from "./transfer.ts";
import { LandCertificateConnection } from "./types.ts";

@Resolver(() => LandCertificate)
export class LandCertificateResolver {
  @FieldResolver(() => [LandHolder], {
    nullable: true,
    description: "Holders, whose shares add up to 1 (người sử dụng đất).",
  })
  async holders(@Root() { certificateId }: LoadedCertificate, @Ctx() ctx: LandContext): Promise<LandHolder[]> {
    const holders = await ctx.loaders.holdersByCertificate.load(certificateId);
    for (const { personalId } of holders) ctx.access.read(personalId);
    return holders;
  }

  @RequiresScopes("land:search")
  @Directive(PAGED)
  @Query(() => LandCertificateConnection, {
    nullable: true,
    description: "Certificates in force that match a filter, the last issued first (tra cứu giấy chứng nhận).",
  })
  landCertificates(
    @Arg("filter", () => LandCertificateFilter, { description: "Conditions (điều kiện)." })
    filter: LandCertificateFilter,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: LandContext,
  ): Promise<LandCertificateConnection> {
    return searchCertificates(ctx, filter, first, after ?? null);
  }

  @RequiresScopes("land:register")
  @Mutation(() => LandActResult, {
    nullable: true,
    description:
      "Registers a transfer, gift or inheritance of all or some of the right; a mortgage, dispute, block or unpaid obligation stops it (đăng ký chuyển quyền).",
  })
  async transferLand(
    @Arg("input", () => LandTransferInput, { description: "The transfer (nội dung)." }) input: LandTransferInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: LandContext,
  ): Promise<LandActResult> {
    return answerOf(await transferLand(ctx, input, idempotencyKey));
  }

  @RequiresScopes("land:register")
  @Mutation(() => LandActResult, {
    nullable: true,
    description:
      "Issues a certificate in place of the one in force, to the same holders; an unsettled obligation stops it (cấp mới giấy chứng nhận).",
  })
  async issueLandCertificate(
    @Arg("input", () => LandCertificateIssueInput, { description: "The certificate (nội dung)." })
    input: LandCertificateIssueInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: LandContext,
  ): Promise<LandActResult> {
    return answerOf(await issueCertificate(ctx, input, idempotencyKey));
  }
}

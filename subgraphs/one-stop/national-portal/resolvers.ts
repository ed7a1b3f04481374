import { Arg, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import { dossierByCode } from "../dossiers/dossier-list.ts";
import type { Dossier } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { REMEDIES, retryDelivery, type StoppedDelivery, stoppedDeliveries } from "./stopped-deliveries.ts";
import { PortalDeliveryAct, StoppedPortalDelivery, StoppedPortalDeliveryConnection } from "./types.ts";

@Resolver()
export class PortalDeliveryResolver {
  @RequiresScopes("national-portal:review")
  @Directive(PAGED)
  @Query(() => StoppedPortalDeliveryConnection, {
    nullable: true,
    description:
      "Deliveries to the national portal that wait for a person, the oldest first, and how many go on by themselves (đồng bộ lên Cổng dịch vụ công quốc gia bị dừng).",
  })
  stoppedPortalDeliveries(
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." }) after:
      | string
      | null,
    @Ctx() ctx: OneStopContext,
  ) {
    return stoppedDeliveries(ctx, first, after ?? null);
  }

  @RequiresScopes("national-portal:review")
  @Mutation(() => PortalDeliveryAct, {
    nullable: true,
    description:
      "Begins a stopped delivery to the national portal again (gửi lại hồ sơ lên Cổng dịch vụ công quốc gia).",
  })
  async retryPortalDelivery(
    @Arg("dossier", () => ID, { description: "Code of the dossier (mã hồ sơ)." }) code: string,
    @Arg("reason", () => String, {
      description:
        "Reason, 1 to 300 characters; citizens read it where the status on the portal goes back (lý do gửi lại).",
    })
    reason: string,
    @Arg("idempotencyKey", () => String, {
      description: "1 to 200 printable ASCII characters; the same key and body act once (khóa chống trùng).",
    })
    idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<PortalDeliveryAct> {
    const problem = await retryDelivery(ctx, code, reason, idempotencyKey);
    return problem ? { dossierCode: null, problems: [problemForClient(problem)] } : { dossierCode: code, problems: [] };
  }
}

@Resolver(() => StoppedPortalDelivery)
export class StoppedPortalDeliveryResolver {
  @FieldResolver()
  async dossier(@Root() { dossierCode }: StoppedDelivery, @Ctx() ctx: OneStopContext): Promise<Dossier> {
    const found = await dossierByCode(ctx.db, ctx.caller, dossierCode);
    if (!found) throw notFound("dossier");
    return found;
  }

  @FieldResolver()
  remedy(@Root() { reason }: StoppedDelivery): string {
    return REMEDIES[reason][0];
  }

  @FieldResolver()
  remedyEn(@Root() { reason }: StoppedDelivery): string {
    return REMEDIES[reason][1];
  }
}

import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Directive, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { agencyOf } from "../../_shared/registers/agency-type.ts";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import { PartAct } from "../casework/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { asksForTotal } from "../paging/counting.ts";
import { ScopeInput } from "./input.ts";
import { type LateDossier, lateAndAtRisk } from "./late-and-at-risk.ts";
import { reassign, supervisedPart } from "./reassign.ts";
import { scopeOf } from "./scope.ts";
import {
  LateDossierConnection,
  type LateDossierItem,
  Workload,
  type WorkloadGrouping,
  WorkloadGroupingEnum,
} from "./types.ts";
import { workload } from "./workload.ts";

const SCOPE = "Within the caller's own office or province (phạm vi).";

@Resolver()
export class SupervisionResolver {
  @RequiresScopes("work:supervise")
  @Directive("@cost(weight: 10)") // reads a month of decisions
  @Directive("@listSize(assumedSize: 100)")
  @Query(() => [Workload], {
    nullable: true,
    description:
      "Open parts by officer, step, agency or office, the most late first, at most 200 groups (khối lượng công việc).",
  })
  workload(
    @Arg("scope", () => ScopeInput, { description: SCOPE }) scope: ScopeInput,
    @Arg("by", () => WorkloadGroupingEnum, { description: "Grouping (cách thống kê)." }) by: WorkloadGrouping,
    @Ctx() ctx: OneStopContext,
  ): Promise<Workload[]> {
    return workload(ctx, scopeOf(ctx, scope), by);
  }

  @RequiresScopes("work:supervise")
  @Directive(PAGED)
  @Query(() => LateDossierConnection, {
    nullable: true,
    description:
      "Dossiers that are late or in the last day before their due date, in whose hands and since when, the first due first (hồ sơ trễ hạn, sắp đến hạn).",
  })
  async lateAndAtRisk(
    @Arg("scope", () => ScopeInput, { description: SCOPE }) scope: ScopeInput,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." }) after:
      | string
      | null,
    @Ctx() ctx: OneStopContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<LateDossierConnection> {
    const question = { first, after: after ?? null, asksForTotal: asksForTotal(info) };
    const page = await lateAndAtRisk(ctx, scopeOf(ctx, scope), question);
    for (const { dossier } of page.nodes) ctx.access.read(dossier.applicantPersonalId ?? dossier.code);
    return { ...page, nodes: page.nodes.map(itemOf) };
  }

  @RequiresScopes("work:supervise")
  @Mutation(() => PartAct, {
    nullable: true,
    description:
      "Gives an open part of the desk or of civil status to another officer, or back to all without `officer`; the same again changes nothing (phân công lại việc).",
  })
  async reassignPart(
    @Arg("part", () => ID, { description: "Id of the part (mã phần việc)." }) part: string,
    @Arg("officer", () => ID, { nullable: true, description: "Officer's id, see `workload` (cán bộ được giao)." })
    officer: string | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<PartAct> {
    const problem = await reassign(ctx, part, officer ?? null);
    return { part: await supervisedPart(ctx, part), problems: problem ? [problemForClient(problem)] : [] };
  }
}

function itemOf({ held, ...item }: LateDossier): LateDossierItem {
  const { holder, agency, officer } = held;
  // a dossier that is late or at risk has not ended, and has a holder
  return {
    id: item.dossier.id,
    ...item,
    heldBy: { holder: holder ?? "DESK", agency: agency && agencyOf(agency), officer },
  };
}

@Resolver(() => LateDossierConnection)
export class LateDossierConnectionResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description: "Number of all entries; null above 10,000: see `totalCountAtLeast` (tổng số).",
  })
  async totalCount(@Root() { total }: Pick<LateDossierConnection, "total">): Promise<number | null> {
    return (await total()).totalCount;
  }

  @FieldResolver(() => Int, {
    description: "Number of all entries up to 10,000; 10,000 where there are more (tổng số tối thiểu).",
  })
  async totalCountAtLeast(@Root() { total }: Pick<LateDossierConnection, "total">): Promise<number> {
    return (await total()).totalCountAtLeast;
  }
}

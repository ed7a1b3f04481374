import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { PersonalIdScalar } from "../../_shared/serving/scalars.ts";
import { enquiryOf } from "../acceptance/enquiry.ts";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import { DossierConnection } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { procedureOf } from "../procedures/catalogue.ts";
import { maySeeCitizen } from "../rights.ts";
import { discrepanciesOf } from "./discrepancies.ts";
import { prefillOf } from "./prefill.ts";
import { isRegistered } from "./registered.ts";
import { Citizen, Prefill, RecordDiscrepancy } from "./types.ts";

@Resolver(() => Citizen)
export class CitizenResolver {
  @RequiresScopes("citizen:read")
  @Directive("@cost(weight: 5)") // asks the population register and records each access
  @Query(() => Citizen, {
    nullable: true,
    description: "One citizen across all agencies; NOT_FOUND if the caller may not see the citizen (công dân).",
  })
  async citizen(
    @Arg("personalId", () => PersonalIdScalar, { description: "Personal number (số định danh cá nhân)." })
    personalId: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<Citizen> {
    const known = () => isRegistered(personalId, ctx);
    if (!(await maySeeCitizen(ctx.db, ctx.caller, personalId, known))) throw notFound("citizen");
    ctx.access.read(personalId);
    return { personalId };
  }

  @Directive(
    '@requires(fields: "fullName dateOfBirth recordedAtBirth { fullName dateOfBirth } recordedOnCard { fullName dateOfBirth }")',
  )
  @RequiresScopes("citizen:read", "birth:read", "health-insurance:read")
  @Directive("@listSize(assumedSize: 1)")
  @FieldResolver(() => [RecordDiscrepancy], {
    nullable: true,
    description:
      "Facts on which the population register, the registered birth and the card differ, with all sources; null while one of the three does not answer (thông tin không khớp giữa các cơ quan).",
  })
  discrepancies(@Root() citizen: Citizen, @Ctx() ctx: OneStopContext): RecordDiscrepancy[] | null {
    if (!citizen.personalId) return null;
    ctx.access.read(citizen.personalId);
    return discrepanciesOf(citizen);
  }

  @Directive('@requires(fields: "fullName dateOfBirth permanentAddress { line commune { code } }")')
  @Directive("@cost(weight: 5)") // asks agencies for papers
  @RequiresScopes("citizen:read", "dossier:submit")
  @FieldResolver(() => Prefill, {
    nullable: true,
    description:
      "Form of a procedure with what the State knows of the citizen as its applicant, and what is still needed; null while the population register does not answer (tờ khai điền sẵn), Decree 118/2025/NĐ-CP.",
  })
  async prefill(
    @Arg("procedure", () => ID, { description: "Code of the procedure (mã thủ tục)." }) procedure: string,
    @Root() citizen: Citizen,
    @Ctx() ctx: OneStopContext,
  ): Promise<Prefill | null> {
    if (!citizen.personalId) return null;
    if (!procedureOf(procedure)) throw notFound("procedure");
    ctx.access.read(citizen.personalId);
    const { form, needed } = await prefillOf(procedure, citizen, enquiryOf(ctx));
    return { form, needed: needed.map(problemForClient) };
  }

  @RequiresScopes("dossier:read")
  @Directive(PAGED)
  @FieldResolver(() => DossierConnection, {
    nullable: true,
    description: "Dossiers the citizen is a party to, newest first (hồ sơ).",
  })
  async dossiers(
    @Root() { personalId }: Citizen,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." }) after:
      | string
      | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<DossierConnection | null> {
    if (!personalId) return null;
    ctx.access.read(personalId);
    const page = await ctx.loaders.dossiersByCitizen.load({ personalId, first, after: after ?? null });
    return { ...page, total: () => ctx.loaders.dossierTotalByCitizen.load(personalId) };
  }
}

import { Arg, Ctx, Directive, FieldResolver, ID, Int, Mutation, Resolver, Root } from "type-graphql";
import { agencyOf } from "../../_shared/registers/agency-type.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { commonFacts } from "../acceptance/common-facts.ts";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import type { Submitted } from "../acceptance/submission.ts";
import { Dossier, type DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { forTicket } from "../queue/serve-tickets.ts";
import { DossierInput } from "./input.ts";
import { type LookedUpPaper as LookedUpByDesk, paperName, unansweredLookups } from "./required-papers.ts";
import { submitSingle } from "./submit-single.ts";
import { DossierSubmission, LookedUpPaper } from "./types.ts";

@Resolver()
export class SingleProcedureResolver {
  @RequiresScopes("dossier:submit")
  @Directive("@cost(weight: 20)")
  @Mutation(() => DossierSubmission, {
    nullable: true,
    description:
      "Submits a dossier for one procedure of the catalogue (nộp hồ sơ); Decree 118/2025/NĐ-CP. A response with a dossier means that the request is durable.",
  })
  async submitDossier(
    @Arg("input", () => DossierInput, { description: "The request (nội dung đề nghị)." }) input: DossierInput,
    @Arg("idempotencyKey", () => String, {
      description:
        "1 to 200 printable ASCII characters; the same key and body give the same dossier (khóa chống trùng).",
    })
    idempotencyKey: string,
    @Arg("waitMs", () => Int, { nullable: true, description: "Milliseconds to wait, at most 30,000 (thời gian chờ)." })
    waitMs: number | null,
    @Arg("ticket", () => ID, {
      nullable: true,
      description: "Id of the called ticket that it is for (mã phiếu số thứ tự).",
    })
    ticket: string | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<DossierSubmission> {
    const submission = { idempotencyKey, waitMs: waitMs ?? 0, alongside: forTicket(ctx, ticket) };
    return submissionForClient(await submitSingle(input, submission, ctx), ctx);
  }
}

@Resolver(() => Dossier)
export class LookedUpPapersResolver {
  @Directive("@listSize(assumedSize: 2)")
  @FieldResolver(() => [LookedUpPaper], {
    description: "Required papers that the desk looked up at the agency that holds them (giấy tờ được tra cứu thay).",
  })
  async lookedUpPapers(@Root() { id }: DossierRow, @Ctx() ctx: OneStopContext): Promise<LookedUpPaper[]> {
    const papers = await lookedUpFor(id, ctx);
    return papers.map(({ code, agency, state }) => {
      return { id: `${id}/${code}`, code, name: paperName(code), agency: agencyOf(agency), state };
    });
  }
}

/** Result of a submission, with the papers that could not be looked up among its warnings. */
export async function submissionForClient(
  { dossier, problems, warnings }: Submitted,
  ctx: OneStopContext,
): Promise<DossierSubmission> {
  const lookedUp = dossier ? await lookedUpFor(dossier.id, ctx) : [];
  const all = [...warnings, ...unansweredLookups(lookedUp)];
  return { dossier, problems: problems.map(problemForClient), warnings: all.map(problemForClient) };
}

async function lookedUpFor(dossierId: string, { loaders }: OneStopContext): Promise<readonly LookedUpByDesk[]> {
  return commonFacts(await loaders.requestByDossier.load(dossierId)).lookedUpPapers ?? [];
}

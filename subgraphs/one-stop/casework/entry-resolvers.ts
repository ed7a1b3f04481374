import { Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import { ClientJsonScalar } from "../../_shared/serving/scalars.ts";
import { DossierPart, HistoryEntry, type StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import type { HistoryRow } from "../saga/stored-history.ts";
import { actingOfficer } from "./acting-officer.ts";
import { contentOf, supplementAnswersOf } from "./part-content.ts";
import { Officer, SupplementAnswer } from "./types.ts";

@Resolver(() => HistoryEntry)
export class HistoryOfficerResolver {
  @FieldResolver(() => Officer, {
    nullable: true,
    description: "Officer who acted; null where the citizen, a system or an agency by itself did (cán bộ thực hiện).",
  })
  officer(@Root() entry: HistoryRow, @Ctx() ctx: OneStopContext): Promise<Officer | null> {
    return actingOfficer(entry, ctx);
  }
}

@Resolver(() => DossierPart)
export class PartContentResolver {
  @FieldResolver(() => ClientJsonScalar, {
    nullable: true,
    description:
      "What the request says for this part, with the papers and the ids of their attachments; NOT_FOUND for those who neither work on the part nor received or submitted it (nội dung đề nghị).",
  })
  content(@Root() step: StepRow, @Ctx() ctx: OneStopContext): Promise<object> {
    return contentOf(step, ctx);
  }

  @Directive("@listSize(assumedSize: 5)")
  @FieldResolver(() => [SupplementAnswer], {
    nullable: true,
    description:
      "Answers to the last request for papers, empty before they come; NOT_FOUND as `content` (nội dung đã bổ sung).",
  })
  supplementAnswers(@Root() step: StepRow, @Ctx() ctx: OneStopContext): Promise<SupplementAnswer[]> {
    return supplementAnswersOf(step, ctx);
  }
}

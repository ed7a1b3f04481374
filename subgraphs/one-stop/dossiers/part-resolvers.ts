import { Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import { officeName } from "../../_shared/reference/offices.ts";
import { Agency, agencyOf } from "../../_shared/registers/agency-type.ts";
import { ExistingDossier } from "../../_shared/registers/problem-type.ts";
import type { DossierDefinition } from "../definitions/definition.ts";
import { visibleDependencies } from "../definitions/steps.ts";
import type { OneStopContext } from "../loaders.ts";
import { supervises, visibleCode } from "../rights.ts";
import { partDueLines } from "./due-explanation.ts";
import { PartResult } from "./result-types.ts";
import {
  Delivery,
  DossierPart,
  DueRule,
  Office,
  PartRefused,
  type StepRow,
  SupplementRequestItem,
  Waiting,
} from "./types.ts";
import { awaitedStep, isUnanswered, nameOfStep, waitingSentence } from "./waiting.ts";

@Resolver(() => DossierPart)
export class DossierPartResolver {
  @FieldResolver(() => Agency, { description: "Agency that decides it (cơ quan giải quyết)." })
  agency(@Root() { agency }: StepRow): Agency {
    return agencyOf(agency);
  }

  @FieldResolver(() => Office, { description: "Office that works on it (nơi giải quyết)." })
  office(@Root() { office }: StepRow): Office {
    return { code: office, name: officeName(office) };
  }

  @FieldResolver(() => String, {
    description:
      "Name: of the stage, where several parts are stages of one procedure, else of the procedure (tên việc).",
  })
  async name(@Root() step: StepRow, @Ctx() ctx: OneStopContext): Promise<string> {
    return nameOfStep(await ctx.loaders.definitionByDossier.load(step.dossierId), step);
  }

  @Directive("@listSize(assumedSize: 3)")
  @FieldResolver(() => [DossierPart], {
    description: "The parts on which it depends, of those that the caller may see (phụ thuộc).",
  })
  async dependsOn(@Root() step: StepRow, @Ctx() ctx: OneStopContext): Promise<DossierPart[]> {
    const siblings = await ctx.loaders.stepsByDossier.load(step.dossierId);
    const keys = visibleDependencies(await ctx.loaders.definitionByDossier.load(step.dossierId), step.key);
    const { code } = await ctx.loaders.dossierById.load(step.dossierId);
    const isVisible = await ctx.loaders.visibleByCode.load(code);
    return siblings.filter(
      (sibling) => keys.includes(sibling.key) && (isVisible || supervises(ctx.caller, sibling.office)),
    );
  }

  @FieldResolver(() => [DueRule], {
    description: "Rules and days that make the part's due date, in their order (căn cứ tính hạn).",
  })
  dueAtExplanation(@Root() step: StepRow, @Ctx() ctx: OneStopContext): Promise<DueRule[]> {
    return partDueLines(step, ctx);
  }

  @FieldResolver(() => Waiting, {
    nullable: true,
    description: "The open step that a blocked or unanswered part waits for (việc đang chờ).",
  })
  async waitingFor(@Root() step: StepRow, @Ctx() ctx: OneStopContext): Promise<Waiting | null> {
    const definition = await ctx.loaders.definitionByDossier.load(step.dossierId);
    const siblings = await ctx.loaders.stepsByDossier.load(step.dossierId);
    const awaited = isUnanswered(step) ? step : awaitedStep(definition, siblings, step);
    return awaited && waitingOf(definition, awaited);
  }

  @FieldResolver(() => Delivery, { description: "State of the delivery to the agency (tình trạng chuyển)." })
  async delivery(@Root() step: StepRow, @Ctx() ctx: OneStopContext): Promise<Delivery> {
    const definition = await ctx.loaders.definitionByDossier.load(step.dossierId);
    const awaited = awaitedStep(definition, await ctx.loaders.stepsByDossier.load(step.dossierId), step);
    // The delivery of a step that is no part is shown at the parts that it blocks.
    const { attempts, work, nextAttemptAt } = awaited && !awaited.part ? awaited : step;
    return { state: step.delivery, attempts, nextAttemptAt: work ? nextAttemptAt : null };
  }

  @FieldResolver(() => PartResult, { nullable: true, description: "Register entry, if granted (kết quả)." })
  result(@Root() { resultType, resultId }: StepRow): object | null {
    if (!resultType || !resultId) return null;
    return { __typename: resultType, id: resultId };
  }
}

@Resolver(() => PartRefused)
export class PartRefusedResolver {
  @FieldResolver(() => ExistingDossier, {
    nullable: true,
    description: "Earlier dossier for the same case; NOT_FOUND if it is not within the caller's reach (hồ sơ đã có).",
  })
  async existingDossier(
    @Root() { existingDossier }: NonNullable<StepRow["refusal"]>,
    @Ctx() ctx: OneStopContext,
  ): Promise<ExistingDossier | null> {
    const code = await visibleCode(ctx.db, ctx.caller, existingDossier ?? null);
    return code === null ? null : { code };
  }
}

@Resolver(() => SupplementRequestItem)
export class SupplementItemResolver {
  @FieldResolver(() => String, { description: "The same as `description` (nội dung)." })
  text(@Root() { description }: SupplementRequestItem): string {
    return description;
  }
}

function waitingOf(definition: DossierDefinition, step: StepRow): Waiting {
  return {
    agency: agencyOf(step.agency),
    step: nameOfStep(definition, step),
    since: step.firstSentAt,
    attempts: step.attempts,
    // a part at its agency is not sent again: its next call asks for the decision
    nextAttemptAt: step.work && (step.state === "READY" || step.state === "SENT") ? step.nextAttemptAt : null,
    unanswered: isUnanswered(step),
    ...waitingSentence(definition, step),
  };
}

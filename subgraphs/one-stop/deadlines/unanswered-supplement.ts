import type { Refusal } from "../../_shared/parts/procedure.ts";
import { legalDayOf } from "../../_shared/reference/days.ts";
import type { ClockRules } from "../clock/rules.ts";
import { supplementRule } from "../clock/terms.ts";
import { procedureAt } from "../procedures/catalogue.ts";
import type { LiveDossier, StoredStep } from "../saga/dossier.ts";

/** Refusal of a part whose supplement was not answered, on the basis of the rule that set the term. */
export function unansweredSupplement(dossier: LiveDossier, step: StoredStep, rules: ClockRules): Refusal {
  return {
    code: "SUPPLEMENT_UNANSWERED",
    message: "Hết thời hạn bổ sung mà người nộp chưa bổ sung hồ sơ",
    messageEn: "The term to answer the supplement has ended without an answer",
    legalBasis: legalBasisOf(dossier, step, rules),
  };
}

/** Basis of the rule; for a rule that names none, the published basis of the part's procedure. */
function legalBasisOf({ definition, receivedAt }: LiveDossier, step: StoredStep, rules: ClockRules): string {
  const asked = step.supplement ? new Date(step.supplement.requestedAt) : receivedAt;
  const { legalBasis } = supplementRule(definition.domain, legalDayOf(asked), rules.supplementRules);
  return legalBasis ?? procedureAt(step.procedure, receivedAt)?.facts.legalBasis.join("; ") ?? "";
}

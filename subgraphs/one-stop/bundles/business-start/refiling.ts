import { pathOutside, type RefiledPart, type Refiling, refiling } from "../../refiling/refiling.ts";
import { refileSingle } from "../../single-procedures/refile-single.ts";
import { bundle } from "./bundle.ts";
import type { BusinessStartRequest } from "./business-start-request.ts";
import { versionsFor } from "./business-start-versions.ts";
import type { BusinessStartBundleInput } from "./input.ts";

/** Request for a part of the start of a business: the registration brings the other parts along, each of which is a dossier alone. */
export function refileBusinessStart({ stepKey, request, facts, changes }: RefiledPart<BusinessStartRequest>): Refiling {
  if (stepKey === "REGISTRATION") {
    const outside = pathOutside(changes, ["businessStartBundle"]);
    return outside ?? refiling(bundle, changes.businessStartBundle ?? asInput(request), "businessStartBundle");
  }
  const [definition] = versionsFor(request.business.form);
  const step = definition?.steps.find(({ key }) => key === stepKey);
  if (!step) throw new Error(`The start of a business has no step ${stepKey}`);
  const { declarant, business } = request;
  const form = formOf(stepKey, request, facts.code ?? "");
  const single = {
    ...request,
    declarant: { ...declarant, relation: null },
    subjectName: business.name,
    form,
    papers: [],
  };
  return refileSingle(step.procedure, { stepKey, request: single, facts, changes });
}

/** Answers to the form of a part's procedure. Social insurance and pharmacies have the common form. */
function formOf(stepKey: string, { business, socialInsurance }: BusinessStartRequest, code: string) {
  const { name, address, lines } = business;
  const activity = `Ngành, nghề kinh doanh: ${lines.join(", ")}`;
  if (stepKey === "PHARMACY") return { subject: `Cơ sở ${code} ${name}`, purpose: activity };
  if (stepKey !== "SOCIAL_INSURANCE") return { code, name, address, activity };
  const employees = `Số lao động: ${socialInsurance?.employees ?? 0}, từ ngày ${socialInsurance?.from ?? ""}`;
  return { subject: `Đơn vị ${code} ${name}`, purpose: employees };
}

/** A stored request has the shape of the input that it was read from, so that it can be read again by today's rules. */
function asInput({ business, licences, ...request }: BusinessStartRequest): BusinessStartBundleInput {
  return {
    ...request,
    business: { ...business, lines: [...business.lines], people: [...business.people] },
    licences: licences && [...licences],
  };
}

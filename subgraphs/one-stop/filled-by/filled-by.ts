import { fault } from "../../_shared/reference/identifiers/parsed.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { parsePersonName } from "../../_shared/reference/person-names.ts";
import type { FilledBy, HelperCapacity } from "../acceptance/application.ts";
import type { Problems } from "../acceptance/problems.ts";
import { STAND_IN } from "../acceptance/stand-ins.ts";
import type { FilledByInput } from "./input.ts";

const filledByDeclarant = () =>
  fault(
    "FILLED_BY_DECLARANT",
    "Người khai giúp phải khác với người nộp hồ sơ; đề nghị bỏ trống mục này nếu người nộp tự khai",
    "The helper must not be the declarant; leave filledBy out if nobody helped",
  );

/** Reads the helper: the person who fills the form in for the declarant. A missing capacity means OTHER, also in stored requests. */
export function takeFilledBy(
  input: FilledByInput | null | undefined,
  declarantId: string | null,
  problems: Problems,
): FilledBy | null {
  if (!input) return null;
  const at = (name: string) => ["filledBy", name];
  const { fullName, personalId, capacity } = input;
  const helperId = personalId ? problems.take(at("personalId"), parsePersonalId(personalId), null) : null;
  if (helperId && helperId === declarantId) problems.add(at("personalId"), filledByDeclarant());
  return {
    fullName: problems.take(at("fullName"), parsePersonName(fullName, "FOREIGNER"), STAND_IN.name),
    personalId: helperId,
    capacity: capacity ?? "OTHER",
  };
}

const CAPACITY_NAMES: Record<HelperCapacity, string> = {
  OFFICER: "cán bộ, công chức",
  RELATIVE: "người thân",
  VOLUNTEER: "tình nguyện viên",
  OTHER: "người khác",
};

/** Vietnamese note about the helper for the history of a dossier; null if nobody helped. */
export function filledByNote(filledBy: FilledBy | null | undefined): string | null {
  return filledBy ? `Người khai giúp: ${filledBy.fullName} (${CAPACITY_NAMES[filledBy.capacity]})` : null;
}

import type { LegalDay } from "../reference/days.ts";
import type { PartContent, PartProblem } from "./procedure.ts";

/** A version of an entry and the day from which it holds; nothing where the register has none. */
export type DatedVersion = { validFrom: LegalDay } | null | undefined;

/**
 * Problem of a grant that is entered again although the register has later facts about what it changes. A second entry would override
 * them, so a person decides.
 */
export function newerFactProblems(
  { grantedBefore }: Pick<PartContent, "grantedBefore">,
  versions: readonly DatedVersion[],
): PartProblem[] {
  const isNewer = grantedBefore && versions.some((version) => version && version.validFrom > grantedBefore.on);
  return isNewer ? [newerFactsRegistered()] : [];
}

export function newerFactsRegistered(): PartProblem {
  return {
    code: "NEWER_FACTS_REGISTERED",
    message: "Sổ đã có nội dung mới hơn kết quả bị mất này; đề nghị cán bộ đối chiếu và ghi lại phần còn đúng",
    messageEn:
      "The register has newer facts than this lost grant; an officer has to compare them and enter what still holds",
    path: ["grantedBefore"],
  };
}

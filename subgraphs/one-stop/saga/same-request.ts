import type { StoredAnswer } from "../../_shared/parts/procedure.ts";
import type { StoredStep } from "./dossier.ts";

/** True if the agency repeats the request for papers that the dossier has already. */
export function isSameRequest({ supplement }: Pick<StoredStep, "supplement">, answer: StoredAnswer): boolean {
  return (
    supplement !== null &&
    !supplement.answeredAt &&
    JSON.stringify(supplement.items) === JSON.stringify(answer.supplement)
  );
}

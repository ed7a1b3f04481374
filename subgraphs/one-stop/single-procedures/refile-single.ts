import { pathOutside, type RefiledPart, type Refiling } from "../refiling/refiling.ts";
import type { SingleRequest } from "./read-dossier.ts";
import { submitSingle } from "./submit-single.ts";

/** Request for a dossier of one procedure with the earlier facts, read again by today's rules. */
export function refileSingle(procedure: string, { request, changes }: RefiledPart<SingleRequest>): Refiling {
  const outside = pathOutside(changes, ["form", "papers"]);
  if (outside) return outside;
  const { office, channel, declarant, filledBy, handover } = request;
  const input = {
    ...{ procedure, office, channel, declarant, filledBy, handover },
    form: changes.form ?? request.form,
    papers: changes.papers ?? request.papers,
  };
  return { kind: "SUBMIT", whole: null, submit: (submission, ctx) => submitSingle(input, submission, ctx) };
}

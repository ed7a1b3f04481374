import type { Caller } from "../../_shared/identity/caller.ts";
import { commune } from "../../_shared/reference/communes.ts";
import { refused } from "../../_shared/reference/identifiers/parsed.ts";
import { type Application, CHANNELS, HANDOVER_METHODS } from "./application.ts";
import * as problem from "./problems.ts";
import { STAND_IN } from "./stand-ins.ts";

const MOST_PAPER_COPIES = 50;
/** RFC 5321, section 4.5.3.1; \p{C} excludes invisible characters, which a register cannot store. */
const EMAIL = /^(?=.{3,254}$)[^\s@\p{C}]{1,64}@[^\s@.\p{C}]+(\.[^\s@.\p{C}]+)+$/u;

/** Reads a value of a code list. The stand-in is the first one. */
export function takeOneOf<T extends string>(
  raw: string,
  allowed: readonly [T, ...T[]],
  path: string[],
  problems: problem.Problems,
): T {
  return (
    allowed.find((each) => each === raw) ?? problems.take<T, T>(path, refused(problem.notInList(allowed)), allowed[0])
  );
}

export function takeOffice(raw: string, caller: Caller, problems: problem.Problems): string {
  if (!commune(raw)) return problems.take(["office"], refused(problem.officeUnknown()), STAND_IN.commune);
  if (caller.role === "clerk" && caller.office !== raw) problems.add(["office"], problem.officeNotYours());
  return raw;
}

export function takeChannel(raw: string, problems: problem.Problems): Application["channel"] {
  return takeOneOf(raw, CHANNELS, ["channel"], problems);
}

export function takeCommune(raw: string, path: string[], problems: problem.Problems): string {
  return commune(raw) ? raw : problems.take(path, refused(problem.communeUnknown()), STAND_IN.commune);
}

export function takeEmail(raw: string, path: string[], problems: problem.Problems): string | null {
  return EMAIL.test(raw) ? raw : problems.take(path, refused(problem.emailMalformed()), null);
}

export function takeHandover(
  input: { method: string; paperCopies?: number | null },
  problems: problem.Problems,
): Application["handover"] {
  const method = takeOneOf(input.method, HANDOVER_METHODS, ["handover", "method"], problems);
  const paperCopies = input.paperCopies ?? 0;
  const isPossible = paperCopies >= 0 && paperCopies <= MOST_PAPER_COPIES;
  if (!isPossible) problems.add(["handover", "paperCopies"], problem.copiesImpossible());
  return { method, paperCopies };
}

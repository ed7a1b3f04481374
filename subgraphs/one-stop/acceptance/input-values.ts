import type { Caller } from "../../_shared/identity/caller.ts";
import { commune } from "../../_shared/reference/communes.ts";
import { refused } from "../../_shared/reference/identifiers/parsed.ts";
import { maySubmitAt } from "../rights.ts";
import * as problem from "./problems.ts";
import { STAND_IN } from "./stand-ins.ts";

/** RFC 5321, section 4.5.3.1; \p{C} excludes invisible characters, which a register cannot store. */
const EMAIL = /^(?=.{3,254}$)[^\s@\p{C}]{1,64}@[^\s@.\p{C}]+(\.[^\s@.\p{C}]+)+$/u;

export function takeOffice(raw: string, caller: Caller, problems: problem.Problems): string {
  if (!commune(raw)) return problems.take(["office"], refused(problem.officeUnknown()), STAND_IN.commune);
  if (!maySubmitAt(caller, raw)) problems.add(["office"], problem.officeNotYours());
  return raw;
}

export function takeCommune(raw: string, path: string[], problems: problem.Problems): string {
  return commune(raw) ? raw : problems.take(path, refused(problem.communeUnknown()), STAND_IN.commune);
}

export function takeEmail(raw: string, path: string[], problems: problem.Problems): string | null {
  return EMAIL.test(raw) ? raw : problems.take(path, refused(problem.emailMalformed()), null);
}

import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { parsePersonName } from "../../_shared/reference/person-names.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import { headNotOne, namedTwice, ownerNotOne, representativeMissing, roleNotOfKind } from "../errors.ts";
import type { BusinessKind, PersonRole } from "../tables.ts";
import type { BusinessPersonInput } from "./input.ts";

export type Person = { role: PersonRole; personalId: string; fullName: string | null };

const ROLES: Record<BusinessKind, readonly PersonRole[]> = {
  HOUSEHOLD: ["OWNER", "MEMBER"],
  ENTERPRISE: ["REPRESENTATIVE", "OWNER", "MEMBER"],
  BRANCH: ["HEAD"],
};

/** The people of an input; faults, and what a business of this kind does not allow, become problems. */
export function readPeople(
  input: readonly BusinessPersonInput[],
  kind: BusinessKind | undefined,
  path: Path,
  problems: Problems,
): Person[] {
  if (kind) demandRoles(input, kind, path, problems);
  return input.flatMap(({ role, personalId, fullName }, index) => {
    const number = problems.take([...path, index, "personalId"], parsePersonalId(personalId));
    const name = problems.take([...path, index, "fullName"], parsePersonName(fullName, "PERSON"));
    const isSame = (other: BusinessPersonInput) => other.role === role && other.personalId === personalId;
    if (input.findIndex(isSame) < index) problems.add([...path, index, "personalId"], namedTwice());
    return number && name ? [{ role, personalId: number, fullName: name }] : [];
  });
}

function demandRoles(input: readonly BusinessPersonInput[], kind: BusinessKind, path: Path, problems: Problems): void {
  input.forEach(({ role }, index) => {
    if (!ROLES[kind].includes(role)) problems.add([...path, index, "role"], roleNotOfKind());
  });
  const number = (wanted: PersonRole) => input.filter(({ role }) => role === wanted).length;
  if (kind === "HOUSEHOLD" && number("OWNER") !== 1) problems.add(path, ownerNotOne());
  if (kind === "ENTERPRISE" && number("REPRESENTATIVE") === 0) problems.add(path, representativeMissing());
  if (kind === "BRANCH" && number("HEAD") !== 1) problems.add(path, headNotOne());
}

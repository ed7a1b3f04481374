import { desc, eq } from "drizzle-orm";
import { personalIdFacts } from "../../_shared/reference/identifiers/personal-id.ts";
import { sameName } from "../../_shared/reference/person-names.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { personDiffers, sexContradictsNumber } from "../errors.ts";
import { births, birthVersions, citizenNumbers } from "../tables.ts";
import type { RecordedPerson } from "./recorded.ts";

type Sex = "MALE" | "FEMALE";

/**
 * Adds a problem for each fact in which a person differs from the registered birth, and for a sex that the personal number
 * contradicts. A person whose birth is not registered here is not compared.
 */
export async function demandAsRegistered(
  tx: Tx,
  { person, sex }: { person: RecordedPerson; sex: Sex },
  paths: { person: Path; sex: Path },
  problems: Problems,
): Promise<void> {
  const { personalId } = person;
  if (personalId === null) return;
  if (personalIdFacts(personalId).sex !== sex) problems.add(paths.sex, sexContradictsNumber());
  const born = await registeredBirth(tx, personalId);
  if (!born) return;
  if (!sameName(born.fullName, person.fullName))
    problems.add([...paths.person, "fullName"], personDiffers(born.fullName));
  if (!agree(born.dateOfBirth, person.dateOfBirth))
    problems.add([...paths.person, "dateOfBirth"], personDiffers(born.dateOfBirth));
}

async function registeredBirth(tx: Tx, personalId: string) {
  const [found] = await tx
    .select({ fullName: birthVersions.fullName, dateOfBirth: birthVersions.dateOfBirth })
    .from(citizenNumbers)
    .innerJoin(births, eq(births.citizenId, citizenNumbers.citizenId))
    .innerJoin(birthVersions, eq(birthVersions.birthId, births.id))
    .where(eq(citizenNumbers.personalId, personalId))
    .orderBy(desc(birthVersions.version))
    .limit(1);
  return found;
}

/** True if two partial dates may be the same day. */
function agree(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

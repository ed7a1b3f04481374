import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Entry } from "../acts/perform-act.ts";
import type { HomeAddress } from "../residencies/addresses.ts";
import { households, householdVersions } from "../tables.ts";
import { nextHouseholdCode } from "./household-codes.ts";

/** Id of the household with a code, in force or ended. */
export async function householdIdOf(tx: Tx, code: string): Promise<string | undefined> {
  const [found] = await tx.select({ id: households.id }).from(households).where(eq(households.code, code));
  return found?.id;
}

/** Enters a household without its members. @returns its id */
export async function enterHousehold(
  tx: Tx,
  { on, by, ground, householdCode }: Entry,
  headPersonId: string,
  address: HomeAddress,
): Promise<string> {
  const id = uuidv7();
  await tx.insert(households).values({ id, code: householdCode ?? (await nextHouseholdCode(tx, address.communeCode)) });
  await tx
    .insert(householdVersions)
    .values({ householdId: id, validFrom: on, recordedBy: by, ground, headPersonId, ...address });
  return id;
}

import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { nameWords } from "../../_shared/reference/name-words.ts";
import { parsePersonName } from "../../_shared/reference/person-names.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { holdersMissing, namedTwice } from "../errors.ts";
import type { Holder } from "../parcels/locked-parcels.ts";
import { certificateHolders } from "../tables.ts";
import type { LandHolderInput } from "./input.ts";
import { parseShare } from "./shares.ts";

export type NewHolder = Holder & { fullName: string };

/** The readable holders of an input; faults become problems. Each person is named once. */
export function readHolders(input: readonly LandHolderInput[], path: Path, problems: Problems): NewHolder[] {
  if (input.length === 0) problems.add(path, holdersMissing());
  return input.flatMap(({ personalId, fullName, share }, index) => {
    const read = {
      personalId: problems.take([...path, index, "personalId"], parsePersonalId(personalId)),
      fullName: problems.take([...path, index, "fullName"], parsePersonName(fullName, "PERSON")),
      share: problems.take([...path, index, "share"], parseShare(share)),
    };
    if (input.findIndex((other) => other.personalId === personalId) < index)
      problems.add([...path, index, "personalId"], namedTwice());
    return isWhole(read) ? [read] : [];
  });
}

function isWhole(read: { [Key in keyof NewHolder]: NewHolder[Key] | undefined }): read is NewHolder {
  return Object.values(read).every((value) => value !== undefined);
}

/** Enters the holders of a new version of a certificate. */
export async function enterHolders(
  tx: Tx,
  version: { certificateId: string; version: number },
  holders: readonly Pick<Holder, "personalId" | "fullName">[],
  shares: readonly number[],
): Promise<void> {
  await insertMany(
    tx,
    certificateHolders,
    holders.map(({ personalId, fullName }, index) => ({
      ...version,
      personalId,
      fullName,
      nameWords: fullName === null ? null : nameWords(fullName),
      shares: shares[index] ?? 0, // the two lists are of one length
    })),
  );
}

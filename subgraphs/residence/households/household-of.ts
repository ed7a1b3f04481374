import { communeOf } from "../../_shared/registers/commune-type.ts";
import type { LoadedHousehold } from "../loaders.ts";
import type { Household } from "../types.ts";

/** Household for clients. */
export function householdOf({ id, code, headPersonId, addressLine, communeCode }: LoadedHousehold): Household {
  return { id, code, headPersonId, address: { line: addressLine, commune: communeOf(communeCode) } };
}

import type { TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { birthRecords } from "./births.ts";
import { deathRecords } from "./deaths.ts";
import { marriageRecords } from "./marriages.ts";

/** Kinds of records that the agency exports and imports, in this order: nobody marries after death. */
export const transfers: readonly TransferKind[] = [birthRecords, marriageRecords, deathRecords];

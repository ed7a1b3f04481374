import type { TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { householdRecords } from "./households.ts";
import { personRecords } from "./persons.ts";

/** Kinds of records that the agency exports and imports, in this order. */
export const transfers: readonly TransferKind[] = [personRecords, householdRecords];

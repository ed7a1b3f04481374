import type { TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { householdRecords } from "./households.ts";
import { personRecords } from "./persons.ts";
import { temporaryRecords } from "./temporary.ts";

/** Kinds of records that the agency exports and imports, in this order: stays refer to persons. */
export const transfers: readonly TransferKind[] = [personRecords, householdRecords, temporaryRecords];

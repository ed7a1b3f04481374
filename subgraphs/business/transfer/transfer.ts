import type { TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { businessRecords } from "./businesses.ts";

/** Kinds of records that the agency exports and imports. */
export const transfers: readonly TransferKind[] = [businessRecords];

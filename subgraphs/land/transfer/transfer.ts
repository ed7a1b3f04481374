import type { TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { parcelRecords } from "./parcels.ts";

/** Kinds of records that the agency exports and imports. */
export const transfers: readonly TransferKind[] = [parcelRecords];

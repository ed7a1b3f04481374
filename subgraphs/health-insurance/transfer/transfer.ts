import type { TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { cardRecords } from "./cards.ts";
import { facilityRecords } from "./facilities.ts";

/** Kinds of records that the agency exports and imports, in this order: cards refer to facilities. */
export const transfers: readonly TransferKind[] = [facilityRecords, cardRecords];

import { actsTable, type ActRow as Row } from "../../_shared/registers/acts-table.ts";
import type { ActKind } from "./act-kinds.ts";

export const acts = actsTable<ActKind>();

export type ActRow = Row<ActKind>;

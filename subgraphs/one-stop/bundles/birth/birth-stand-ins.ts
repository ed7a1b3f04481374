import { STAND_IN as ANY } from "../../acceptance/stand-ins.ts";

export const STAND_IN = { ...ANY, birthNotice: "00000.GCS.00000.00" } as const;

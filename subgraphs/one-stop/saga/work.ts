/** Kind of a worker's call to an agency. */
export type Work = "DELIVER" | "ASK_STATUS" | "INSTRUCT";

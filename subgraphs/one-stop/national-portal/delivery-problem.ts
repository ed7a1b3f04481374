/**
 * Reasons for which a delivery to the national portal stops until a person acts. MAPPING_MISSING: the mappings lack a code;
 * REFUSED: the portal refuses a message; PORTAL_AHEAD: the portal has steps that the desk does not know; PORTAL_GAP: it lacks a
 * step before one that it has; STATUS_BACKWARDS: the next step would take the status back.
 */
export const DELIVERY_PROBLEMS = [
  "MAPPING_MISSING",
  "REFUSED",
  "PORTAL_AHEAD",
  "PORTAL_GAP",
  "STATUS_BACKWARDS",
] as const;
export type DeliveryProblem = (typeof DELIVERY_PROBLEMS)[number];

/** Text of a problem for a person: the portal's own words, or the entry that the mappings lack. */
export type FoundProblem = { problem: DeliveryProblem; words: string; differences: number };

import type { Likeness } from "../../_shared/parts/likeness.ts";

/** A likeness of a part, with the officer who granted after the comparison. */
export type StoredLikeness = Likeness & { comparedBy?: { id: string; name: string }; comparedAt?: string };

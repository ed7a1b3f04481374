import type { ReadChanges } from "../random/changes-reader.ts";
import { type Violation, violationsOf } from "../violation.ts";

/**
 * Checks that each reader has every stored change exactly once, in the order of the stream.
 * @param least number of the changes that were stored before the readers came to the end
 */
export function changesReadOnce(read: readonly ReadChanges[], stored: readonly number[], least: number): Violation[] {
  return violationsOf(
    "changes",
    read.map(({ reader, ids }) => {
      const place = ids.findIndex((id, at) => id !== stored[at]);
      if (place >= 0) return `the reader with ${reader} has ${ids[place]} at place ${place}, not ${stored[place]}`;
      return ids.length >= least ? null : `the reader with ${reader} has ${ids.length} of ${least} changes`;
    }),
  );
}

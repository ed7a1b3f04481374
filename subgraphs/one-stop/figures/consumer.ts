import type { ChangeConsumer } from "../changes/consumers.ts";
import type { LiveRules } from "../clock-rules/rules-log.ts";
import { countRates } from "./count-rates.ts";
import { countHandledParts } from "./handled-parts.ts";

/** Key of the consumer's position in the stream. */
export const FIGURES = "FIGURES";

/** Consumer of the stream of changes: keeps the counts from which figures are read. */
export function figuresConsumer(rules: LiveRules): ChangeConsumer {
  return {
    name: FIGURES,
    beginsAtFirst: true,
    async take(tx, changes) {
      await countRates(tx, changes);
      await countHandledParts(tx, changes, rules);
    },
  };
}

import { setTimeout as sleep } from "node:timers/promises";

/** Waits until `condition` holds. Rejects after `seconds` with the text `what`. */
export async function waitUntil(what: string, condition: () => Promise<boolean>, seconds = 30): Promise<void> {
  const deadline = performance.now() + seconds * 1_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}`);
    await sleep(20);
  }
}

import type { Answer } from "./graph.ts";

const PROBE_MS = 2_000;

/** True for an answer that no gateway has given: the request did not arrive, or its answer did not. */
export function isUnanswered({ data, errors }: Answer<unknown>): boolean {
  return data === undefined && errors?.length === 1 && errors[0]?.extensions === undefined;
}

/** The line to the gateway, as this page has last seen it. */
export type Line = {
  isUp(): boolean;
  /** Tells that a request was not answered; from then on the gateway is asked until it is there. */
  lost(): void;
};

/** Watches the line. `changed` hears of each change. */
export function watchLine(changed: (isUp: boolean) => void): Line {
  let isUp = true;

  async function probe(): Promise<void> {
    const response = await fetch("/health/live", { cache: "no-store" }).catch(() => undefined);
    if (response?.ok) return set(true);
    set(false);
    setTimeout(probe, PROBE_MS);
  }

  function set(now: boolean): void {
    if (isUp === now) return;
    isUp = now;
    changed(isUp);
  }

  const lost = () => {
    if (!isUp) return;
    set(false);
    setTimeout(probe, PROBE_MS);
  };
  addEventListener("offline", lost);
  void probe();
  return { isUp: () => isUp, lost };
}

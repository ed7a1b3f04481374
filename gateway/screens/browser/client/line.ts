import type { Answer } from "./graph.ts";

const PROBE_MS = 2_000;
/** A gateway that takes longer than this for a word counts as away. */
const PATIENCE_MS = 3_000;

/** True for an answer that no gateway has given: the request did not arrive, or its answer did not. */
export function isUnanswered({ data, errors }: Answer<unknown>): boolean {
  return data === undefined && errors?.length === 1 && errors[0]?.extensions === undefined;
}

/** The line to the gateway, as this page has last seen it. */
export type Line = {
  isUp(): boolean;
  /** Asks the gateway now. */
  check(): Promise<boolean>;
  /** Begins to watch; `changed` hears of each change. */
  watch(changed: (isUp: boolean) => void): void;
  /** Tells that a request was not answered; from then on the gateway is asked until it is there. */
  lost(): void;
};

/** The line, which counts as up until a request is not answered. */
export function openLine(): Line {
  let isUp = true;
  let changed = (_isUp: boolean) => {};
  let probe: ReturnType<typeof setTimeout> | undefined;

  async function check(): Promise<boolean> {
    const asked = { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) } as const;
    const response = await fetch("/health/live", asked).catch(() => undefined);
    set(response?.ok === true);
    return isUp;
  }

  /** While the line is down, one timer asks again and again, whoever has noticed it. */
  function set(now: boolean): void {
    clearTimeout(probe);
    if (!now) probe = setTimeout(check, PROBE_MS);
    if (isUp === now) return;
    isUp = now;
    changed(isUp);
  }

  const lost = () => {
    if (isUp) set(false); // otherwise it is being asked already
  };
  return {
    isUp: () => isUp,
    check,
    watch(hear) {
      changed = hear;
      addEventListener("offline", lost);
      void check();
    },
    lost,
  };
}

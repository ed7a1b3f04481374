import { toVietnamTime } from "../../subgraphs/_shared/reference/days.ts";

/** Availability of an agency as this gateway last observed it. Immutable: each change makes a new object. */
export type AgencyState = {
  state: "LIVE" | "UNAVAILABLE";
  /** ISO 8601 instant in Vietnam's time of the first observation of this state. */
  since: string;
  /** `{"state":"LIVE","since":"…"}`, so that responses need not serialise it again. */
  json: string;
  /** True if another agency has reported it: what this gateway observes itself outweighs it. */
  isReported?: boolean;
};

/** States of the agencies that one request has called, by agency code. */
export type AgencyStates = Map<string, AgencyState>;

/** JSON of `extensions.agencies`; undefined when no agency was called. */
export function agenciesJson(agencies: AgencyStates): string | undefined {
  if (agencies.size === 0) return undefined;
  let text = "";
  for (const [agency, { json }] of agencies) text += `${text === "" ? "{" : ","}${JSON.stringify(agency)}:${json}`;
  return `${text}}`;
}

/** Observed state of one agency. */
export type AgencyStateTracker = {
  observe(state: AgencyState["state"]): void;
  /** The state that was observed last; undefined before the first call. */
  current(): AgencyState | undefined;
  /** The state for a request's response, with the time since which it holds; now, if it is not the observed one. */
  stateAs(state: AgencyState["state"]): AgencyState;
};

export function trackAgencyState(clock: () => Date): AgencyStateTracker {
  let current: AgencyState | undefined;
  return {
    observe(state) {
      if (current?.state !== state) current = newState(state, clock());
    },
    current: () => current,
    stateAs: (state) => (current?.state === state ? current : newState(state, clock())),
  };
}

function newState(state: AgencyState["state"], at: Date): AgencyState {
  const since = toVietnamTime(at);
  return { state, since, json: JSON.stringify({ state, since }) };
}

/** Records an agency's state for one request. One failed call makes the agency unavailable to that request. */
export function recordAgencyState(agencies: AgencyStates, agency: string, state: AgencyState): void {
  const known = agencies.get(agency);
  if (state.state === "UNAVAILABLE" || known?.state !== "UNAVAILABLE" || known.isReported) agencies.set(agency, state);
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?\+07:00$/;
const AGENCY_CODE = /^[A-Z][A-Z_]{0,40}$/;

/**
 * Records the agencies that a subgraph's response waits for, from `extensions.unavailable`: agency code → instant since which
 * the agency has not responded.
 */
export function recordReportedStates(agencies: AgencyStates, reported: unknown): void {
  if (typeof reported !== "object" || reported === null) return;
  for (const [agency, since] of Object.entries(reported)) {
    if (!AGENCY_CODE.test(agency) || typeof since !== "string" || !INSTANT.test(since) || agencies.has(agency))
      continue;
    const json = JSON.stringify({ state: "UNAVAILABLE", since });
    agencies.set(agency, { state: "UNAVAILABLE", since, json, isReported: true });
  }
}

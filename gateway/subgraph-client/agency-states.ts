import { toVietnamTime } from "../../subgraphs/_shared/reference/days.ts";

/** Whether an agency can be used, as this gateway last saw it. One object for each time that it changes, never altered. */
export type AgencyState = {
  state: "LIVE" | "UNAVAILABLE";
  /** ISO 8601 instant in Vietnam's time: since when it has been so, as far as this gateway knows. */
  since: string;
  /** The same as JSON, so that answers need not write it again: `{"state":"LIVE","since":"…"}`. */
  json: string;
};

/** The agencies that one request has asked, by their codes. */
export type AgencyStates = Map<string, AgencyState>;

/** JSON of `extensions.agencies`; undefined when no agency was asked. */
export function agenciesJson(agencies: AgencyStates): string | undefined {
  if (agencies.size === 0) return undefined;
  let text = "";
  for (const [agency, { json }] of agencies) text += `${text === "" ? "{" : ","}${JSON.stringify(agency)}:${json}`;
  return `${text}}`;
}

/** What this gateway has seen of one agency. */
export type AgencyStateTracker = {
  /** It has answered, or could not be used. */
  observe(state: AgencyState["state"]): void;
  /** What to tell a request to which it is in a state: since when, or from now on if others see it otherwise. */
  stateAs(state: AgencyState["state"]): AgencyState;
};

export function trackAgencyState(clock: () => Date): AgencyStateTracker {
  let current: AgencyState | undefined;
  return {
    observe(state) {
      if (current?.state !== state) current = agencyState(state, clock());
    },
    stateAs: (state) => (current?.state === state ? current : agencyState(state, clock())),
  };
}

function agencyState(state: AgencyState["state"], at: Date): AgencyState {
  const since = toVietnamTime(at);
  return { state, since, json: JSON.stringify({ state, since }) };
}

/** Notes what a request saw of an agency. One that failed it once is unavailable to it, whatever else it answered. */
export function recordAgencyState(agencies: AgencyStates, agency: string, state: AgencyState): void {
  if (state.state === "UNAVAILABLE" || agencies.get(agency)?.state !== "UNAVAILABLE") agencies.set(agency, state);
}

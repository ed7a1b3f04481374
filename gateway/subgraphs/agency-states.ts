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

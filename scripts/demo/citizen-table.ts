import { subgraphs } from "../../subgraphs/agency-registry.ts";

/** Query for the facts of a citizen that the agencies' summaries show. */
export const CITIZEN_SUMMARY_QUERY = `query CitizenSummary($personalId: PersonalId!) {
  citizen(personalId: $personalId) {
    personalId
    ${subgraphs.map(({ citizenSummary }) => citizenSummary.fields).join("\n    ")}
  }
}`;

const NOTHING = ["– (không có / none)"];
const NO_ANSWER = ["không trả lời / no answer"];

/** One row per agency: its title and its facts about the citizen. */
export function citizenTable(citizen: object): string[] {
  const rows = subgraphs.map(({ vi, en, citizenSummary }) => {
    const facts = citizenSummary.lines(citizen as never) ?? NO_ANSWER; // the citizen answers the summary's own fields
    return { agency: `${vi} / ${en}`, facts: facts.length > 0 ? facts : NOTHING };
  });
  const width = Math.max(...rows.map(({ agency }) => agency.length));
  return rows.flatMap(({ agency, facts }) =>
    facts.map((fact, line) => `${(line === 0 ? agency : "").padEnd(width)}  ${fact}`),
  );
}

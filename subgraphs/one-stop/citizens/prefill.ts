import type { Enquiry } from "../acceptance/application.ts";
import { ownProblem, type Problem, Problems } from "../acceptance/problems.ts";
import { validateForm } from "../procedures/forms/form-validation.ts";
import { procedureForm } from "../procedures/forms/forms.ts";
import { lookUpPapers } from "../single-procedures/required-papers.ts";
import type { Citizen } from "./types.ts";

type Answers = Record<string, unknown>;

/** Fields of forms that ask for the applicant himself or herself. */
const APPLICANT: readonly string[] = ["person", "insured", "owner", "representative"];
/** Field that asks for the applicant's permanent residence, by procedure: in other forms the same name asks for another place. */
const RESIDENCE: Readonly<Record<string, string>> = {
  "1.003197": "address",
  "1.004194": "permanentAddress",
  "1.004222": "formerAddress",
  "1.004873": "residence",
  "1.010041": "address",
  "1.014137": "residence",
};

/**
 * Answers to a procedure's form that the registers know of the applicant: name, date of birth, number and permanent residence. A fact
 * that a register lacks is left out. What else the form and the list of papers demand is in `needed`, each with its reason; papers that
 * an agency holds are looked up there.
 */
export async function prefillOf(
  procedure: string,
  applicant: Citizen,
  enquiry: Enquiry,
): Promise<{ form: Answers; needed: Problem[] }> {
  const form = knownAnswers(procedure, applicant);
  const papers = new Problems();
  const request = { declarant: { personalId: applicant.personalId }, form, papers: [] };
  await lookUpPapers(procedure, request, enquiry, papers);
  const answers = validateForm(procedure, form).map(({ path, ...found }) => ownProblem(path, found));
  return { form, needed: [...answers, ...papers.found] };
}

function knownAnswers(procedure: string, applicant: Citizen): Answers {
  const fields = procedureForm(procedure).schema.properties as Answers; // a form is an object
  const { personalId, fullName, dateOfBirth, permanentAddress } = applicant;
  const person = Object.fromEntries(
    Object.entries({ personalId, fullName, dateOfBirth }).filter(([, value]) => value != null),
  );
  const persons = APPLICANT.filter((name) => Object.hasOwn(fields, name)).map((name) => [name, person]);
  const residence = RESIDENCE[procedure];
  const places =
    residence && permanentAddress
      ? [[residence, { line: permanentAddress.line, commune: permanentAddress.commune.code }]]
      : [];
  return Object.fromEntries([...persons, ...places]);
}

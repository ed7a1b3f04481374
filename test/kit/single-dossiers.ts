import { expect } from "vitest";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { dossierThatIs } from "../given.ts";
import { clerk, contract, type Persona, type World } from "../world.ts";
import { type DossierData, isDone, partOf } from "./dossier-outcomes.ts";
import { postedPapers } from "./posted-papers.ts";
import { serial } from "./serial-numbers.ts";

type Person = { fullName: string; personalId: string | null };
/** A declarant whom no form concerns. */
export const SOMEBODY = { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017" };
const aKey = () => `single-${process.pid}-${serial("key")}`;

type PersonsOfForm = { insured?: Person; mother?: Person; person?: Person; bride?: Person; owner?: Person };
/** Declarant by default: the person whom the form concerns, for a child its mother. */
function concernedOf({ insured, mother, person, bride, owner }: PersonsOfForm): Person {
  return mother ?? insured ?? person ?? bride ?? owner ?? SOMEBODY;
}

/** Submission of a dossier for one procedure, with all papers of the posted list; the form completes the example's. */
export async function submitForm(
  world: World,
  procedure: string,
  form: object,
  { declarant = concernedOf(form), who = clerk }: { declarant?: Person; who?: Persona } = {},
): Promise<DossierData> {
  const input = {
    ...{ procedure, office: "31471", channel: "DESK", papers: postedPapers(procedure), handover: { method: "DESK" } },
    form: { ...procedureForm(procedure).example, ...form },
    declarant: { fullName: declarant.fullName, personalId: declarant.personalId, phone: "0912345678" },
  };
  const variables = { input, idempotencyKey: aKey(), waitMs: 5_000 };
  const { data, errors } = await world.ask(who, contract("submit-dossier"), variables);
  if (!data?.submitDossier) throw new Error(JSON.stringify(errors));
  return data.submitDossier;
}

/** Code of a dossier of the form, which has no problems. */
export async function acceptedForm(...given: Parameters<typeof submitForm>): Promise<string> {
  const { dossier, problems } = await submitForm(...given);
  expect(problems).toEqual([]);
  return dossier.code;
}

/** Problems of a form that is not accepted, each as its code and its place. */
export async function formProblems(...given: Parameters<typeof submitForm>): Promise<string[]> {
  const { dossier, problems } = await submitForm(...given);
  expect(dossier).toBeNull();
  return problems.map(({ code, path }: DossierData) => `${code} ${path.join(".")}`).sort();
}

/** The dossier while the only part waits for an officer of its agency. */
export function atOfficer(world: World, code: string): Promise<DossierData> {
  return dossierThatIs(world, code, ({ parts: [part] }) => part.state === "PROCESSING");
}

/** Part as its officers read it. */
export async function contentOfPart(world: World, code: string, who: Persona): Promise<DossierData> {
  const query = "query ($code: ID!) { dossier(code: $code) { parts { content } } }";
  return (await world.ask(who, query, { code })).data.dossier.parts[0].content;
}

/** Decision of an officer on the only part of a dossier that waits. */
export async function decideForm(world: World, code: string, decision: object, who: Persona): Promise<DossierData> {
  const { parts } = await atOfficer(world, code);
  const variables = { part: parts[0].id, decision, idempotencyKey: aKey() };
  const { data, errors } = await world.ask(who, contract("decide-part"), variables);
  return data?.decidePart ?? { errors };
}

/** The dossier after an officer of the agency has granted its only part. */
export async function grantedForm(world: World, code: string, who: Persona): Promise<DossierData> {
  expect(await decideForm(world, code, { grant: { facts: {} } }, who)).toMatchObject({
    ...{ problems: [], part: { state: "GRANTED" } },
  });
  return dossierThatIs(world, code, isDone);
}

/** Kind of the register entry that a granted dossier of one procedure has led to; null if there is none. */
export function resultType(dossier: DossierData, procedure: string): string | null {
  return partOf(dossier, procedure).result?.__typename ?? null;
}

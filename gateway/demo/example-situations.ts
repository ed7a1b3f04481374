import { DEFAULT_COMMUNE } from "../../subgraphs/_shared/demo/population.ts";
import { legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import dossiersVariables from "../playground/examples/dossiers.variables.json" with { type: "json" };
import sample from "../playground/examples/submit-birth-bundle.variables.json" with { type: "json" };
import { freshVariables } from "../playground/page/fresh-variables.ts";
import { aKey } from "./bundle-examples.ts";
import type { DemoClient } from "./demo-client.ts";
import { exampleFamilies } from "./example-families.ts";

/** Procedure of civil status with the common form, whose part an officer decides. */
const PROCEDURE = "1.004837";

export type Part = { code: string; part: string };

const dossierInput = () => ({
  ...{ procedure: PROCEDURE, office: DEFAULT_COMMUNE, channel: "DESK", papers: [] },
  form: { subject: "Đề nghị giải quyết thủ tục", purpose: "Để hoàn thiện hồ sơ cá nhân" },
  declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
  handover: { method: "DESK" },
});

const SUBMIT = `mutation ($input: DossierInput!, $key: String!) { submitDossier(input: $input, idempotencyKey: $key) {
  dossier { code parts { id } } problems { code } } }`;
const DECIDE = `mutation ($part: ID!, $decision: DecisionInput!, $key: String!) {
  decidePart(part: $part, decision: $decision, idempotencyKey: $key) { part { id } problems { code } } }`;
const BIRTH = `mutation ($input: BirthBundleInput!, $key: String!, $waitMs: Int) {
  submitBirthBundle(input: $input, idempotencyKey: $key, waitMs: $waitMs) { dossier { code } problems { code } } }`;
const RESERVE = `mutation ($office: String!, $key: String!) {
  reserveDossierCodes(office: $office, count: 1, idempotencyKey: $key) { codes problems { code } } }`;

/** Situations that examples need, created for each request. */
export function exampleSituations(client: DemoClient, now: () => Date) {
  const families = exampleFamilies(client, now);

  async function birth() {
    const family = await families.unusedFamily();
    return freshVariables(sample, { family: family as never, now: now() }, Math.random);
  }

  async function openPart(): Promise<Part> {
    type Submitted = { dossier: { code: string; parts: { id: string }[] } };
    const { dossier } = await client.ask<Submitted>("clerk", SUBMIT, { input: dossierInput(), key: aKey() });
    return { code: dossier.code, part: dossier.parts[0]?.id ?? "" };
  }

  async function decided(decision: object): Promise<Part> {
    const open = await openPart();
    await client.ask("registrar", DECIDE, { part: open.part, decision, key: aKey() });
    return open;
  }

  async function submittedBirth() {
    const variables = await birth();
    const { input, idempotencyKey: key } = variables;
    type Submitted = { dossier: { code: string } };
    const { dossier } = await client.ask<Submitted>("clerk", BIRTH, { input, key, waitMs: 3_000 });
    return { code: dossier.code, variables };
  }

  async function reservedCode(): Promise<string> {
    const { codes } = await client.ask<{ codes: string[] }>("clerk", RESERVE, { office: DEFAULT_COMMUNE, key: aKey() });
    return codes[0] ?? "";
  }

  const today = () => legalDayOf(now());
  return {
    aKey,
    families,
    birth,
    submittedBirth,
    openPart,
    decided,
    reservedCode,
    dossierInput,
    dossiersVariables,
    today,
  };
}

export type ExampleSituations = ReturnType<typeof exampleSituations>;

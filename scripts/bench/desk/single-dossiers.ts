import { randomUUID } from "node:crypto";
import { procedureForm } from "../../../subgraphs/one-stop/procedures/forms/forms.ts";
import { OFFICE, type People } from "./people.ts";

/** Registration of a marriage, which an officer of the civil-status agency decides. */
const PROCEDURE = "1.000894";

type Submitted = {
  submitDossier: { dossier: { code: string; parts: { id: string }[] } | null; problems: unknown[] };
};
type Decided = { decidePart: { problems: unknown[] } };

/** Submits a dossier for one procedure with fresh contents; its code and the id of its part. */
export async function submitSingle({ clerk }: Pick<People, "clerk">): Promise<{ code: string; part: string }> {
  const key = `bench-${randomUUID()}`;
  const input = {
    ...{ procedure: PROCEDURE, office: OFFICE, channel: "DESK", form: procedureForm(PROCEDURE).example, papers: [] },
    declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
    handover: { method: "DESK" },
  };
  const { submitDossier } = await clerk<Submitted>("submit-dossier", { input, idempotencyKey: key });
  const { dossier, problems } = submitDossier;
  const [part] = dossier?.parts ?? [];
  if (!dossier || !part) throw new Error(`Not accepted: ${JSON.stringify(problems)}`);
  return { code: dossier.code, part: part.id };
}

/** Decides a part as the officer of the civil-status agency. */
export async function decide({ registrar }: Pick<People, "registrar">, part: string, decision: object): Promise<void> {
  const variables = { part, decision, idempotencyKey: `bench-${randomUUID()}` };
  const { decidePart } = await registrar<Decided>("decide-part", variables);
  if (decidePart.problems.length > 0) throw new Error(`Not decided: ${JSON.stringify(decidePart.problems)}`);
}

import { describe, expect, it } from "vitest";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aBirthNotice, aFamily, dossierThatIs } from "../given.ts";
import { BIRTH, type DossierData, isDone, partOf, shortBackoff } from "../kit/dossier-outcomes.ts";
import { postedPapers } from "../kit/posted-papers.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const family = aFamily;

function aBirthForm() {
  const { mother, father } = family();
  const example = procedureForm(BIRTH).example as Record<string, unknown>;
  return { ...example, birthNotice: aBirthNotice(), mother, father, relation: "MOTHER" };
}

async function submit(procedure: string, form: Record<string, unknown>): Promise<DossierData> {
  const { fullName, personalId } = (form.mother ?? { fullName: "Lê Thị Thử Nghiệm" }) as Record<string, string>;
  const input = {
    ...{ procedure, office: "31471", channel: "DESK", form, papers: postedPapers(procedure) },
    declarant: { fullName, personalId, phone: "0912345678" },
    handover: { method: "DESK" },
  };
  const variables = { input, idempotencyKey: `single-${process.pid}-${serial("key")}`, waitMs: 5_000 };
  return (await world.current.ask(clerk, contract("submit-dossier"), variables)).data.submitDossier;
}

describe("a dossier for one procedure that its agency decides by rules", () => {
  it("a dossier for one procedure that its agency decides by rules is decided by the agency without an officer, and enters its register", async () => {
    const { dossier, problems } = await submit(BIRTH, aBirthForm());
    expect(problems).toEqual([]);
    const done = await dossierThatIs(world.current, dossier.code, isDone);
    expect(done).toMatchObject({ outcome: "GRANTED" });
    expect(partOf(done, BIRTH).result).toMatchObject({ __typename: "BirthRegistration" });
  });

  it("a dossier for one procedure that its agency decides by rules waits for the agency's officer where the agency has to look", async () => {
    const { birthNotice: _, ...form } = aBirthForm();
    const { dossier } = await submit(BIRTH, { ...form, withoutNotice: "Sinh tại nhà, tôi cam đoan" });
    const waiting = await dossierThatIs(
      world.current,
      dossier.code,
      (found) => partOf(found, BIRTH).state === "PROCESSING",
    );
    const variables = {
      part: partOf(waiting, BIRTH).id,
      decision: { grant: { facts: {} } },
      idempotencyKey: `s-${dossier.code}`,
    };
    const { data } = await world.current.ask({ persona: "registrar" }, contract("decide-part"), variables);
    expect(data.decidePart).toMatchObject({ problems: [], part: { state: "GRANTED" } });
  });

  it("a dossier for one procedure that its agency decides by rules shows the agency's problems beforehand, with paths into the form", async () => {
    const form = aBirthForm();
    await dossierThatIs(world.current, (await submit(BIRTH, form)).dossier.code, isDone);
    const again = await submit(BIRTH, form);
    expect(again).toMatchObject({
      dossier: null,
      problems: [{ code: "CHILD_ALREADY_REGISTERED", path: ["form", "birthNotice"], agency: { code: "CIVIL_STATUS" } }],
    });
  });

  it("a dossier for one procedure that its agency decides by rules goes to the officers' work list if the form lacks what the rules need, and if no rules exist", async () => {
    for (const procedure of ["1.014137", "1.000894"]) {
      const { dossier } = await submit(procedure, procedureForm(procedure).example);
      expect(dossier.parts).toMatchObject([{ state: "PROCESSING" }]);
    }
  });
});

import { expect, it } from "vitest";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { dossierThatIs } from "../given.ts";
import { type DossierData, isDone, partOf, shortBackoff } from "../kit/dossier-outcomes.ts";
import { aMove } from "../kit/moves.ts";
import { postedPapers } from "../kit/posted-papers.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const [PERMANENT, TEMPORARY] = ["1.004222", "1.004194"];

async function submit(procedure: string, form: object): Promise<DossierData> {
  const input = {
    ...{ procedure, office: "31471", channel: "DESK", form, papers: postedPapers(procedure) },
    declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
    handover: { method: "DESK" },
  };
  const variables = { input, idempotencyKey: `residence-${process.pid}-${serial("key")}`, waitMs: 5_000 };
  return (await world.current.ask(clerk, contract("submit-dossier"), variables)).data.submitDossier;
}

/** Grants the only part of a dossier as an officer of the police of the receiving commune. */
async function granted(code: string, procedure: string): Promise<DossierData> {
  const isOpen = (found: DossierData) => partOf(found, procedure).state === "PROCESSING";
  const waiting = await dossierThatIs(world.current, code, isOpen);
  const variables = { part: partOf(waiting, procedure).id, decision: { grant: { facts: {} } }, idempotencyKey: code };
  const { data } = await world.current.ask({ persona: "police" }, contract("decide-part"), variables);
  expect(data.decidePart).toMatchObject({ problems: [], part: { state: "GRANTED" } });
  return dossierThatIs(world.current, code, isDone);
}

const CITIZEN = `query ($personalId: PersonalId!) { citizen(personalId: $personalId) {
  residency { relationToHead household { address { line commune { code } } } }
  temporaryResidences { endsOn address { line } } } }`;
const citizen = async ({ personalId }: { personalId: string }) =>
  (await world.current.ask(clerk, CITIZEN, { personalId })).data.citizen;

it("a dossier of one person who moves is granted by an officer of the police and changes the register of residence", async () => {
  const form = aMove();
  const { dossier, problems } = await submit(PERMANENT, form);
  expect(problems).toEqual([]);
  expect(await granted(dossier.code, PERMANENT)).toMatchObject({ outcome: "GRANTED" });
  expect(await citizen(form.person)).toMatchObject({
    residency: {
      relationToHead: "HEAD",
      household: { address: { line: "Số 9, đường Mẫu", commune: { code: "00004" } } },
    },
  });
});

it("a dossier of a move that the register contradicts has the problems of the police with their places in the form", async () => {
  const form = { ...aMove(), hasConsent: false };
  const person = { ...form.person, fullName: "Lê Thị Khác" };
  expect(await submit(PERMANENT, { ...form, person })).toMatchObject({
    dossier: null,
    problems: [
      { code: "PERSON_NAME_MISMATCH", path: ["form", "person", "fullName"], agency: { code: "RESIDENCE" } },
      { code: "CONSENT_MISSING", path: ["form", "hasConsent"], agency: { code: "RESIDENCE" } },
    ],
  });
});

it("a dossier of a temporary residence is granted by an officer of the police, and the person has the stay", async () => {
  const { person } = aMove();
  const temporaryAddress = { line: "Phòng 3, khu trọ mẫu", commune: "00008" };
  const form = { ...procedureForm(TEMPORARY).example, person, temporaryAddress };
  const { dossier, problems } = await submit(TEMPORARY, form);
  expect(problems).toEqual([]);
  expect(await granted(dossier.code, TEMPORARY)).toMatchObject({ outcome: "GRANTED" });
  expect((await citizen(person)).temporaryResidences).toContainEqual({
    ...{ endsOn: "2027-11-23", address: { line: temporaryAddress.line } },
  });
});

import { describe, expect, it } from "vitest";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aBirthRequest, submit } from "../given.ts";
import { bearer, citizen } from "../kit/ask-agency.ts";
import type { DossierData } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld();
const aKey = () => `choice-${process.pid}-${serial("key")}`;
const APPLICANT = "093195000017";
const CHOICES = `query ($code: ID!) { dossier(code: $code) {
  filledBy { fullName personalId capacity }
  handover { method paperCopies address { recipient phone line commune { code name } } }
  history(first: 1) { nodes { state note } } } }`;

const helper = { fullName: "Trần Văn Giúp", personalId: "093090000018", capacity: "VOLUNTEER" };
const home = { line: "12 đường Trần Hưng Đạo", commune: "31471" };
const aDossier = (more: object) => ({
  ...{ procedure: "1.000894", office: "31471", channel: "DESK", form: procedureForm("1.000894").example, papers: [] },
  declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: APPLICANT, phone: "0912345678" },
  ...more,
});

async function submitted(more: object): Promise<DossierData> {
  const variables = { input: aDossier(more), idempotencyKey: aKey() };
  const { data, errors } = await world.current.ask(clerk, contract("submit-dossier"), variables);
  if (!data?.submitDossier) throw new Error(JSON.stringify(errors));
  return data.submitDossier;
}

async function choicesOf(code: string, who: Persona = clerk): Promise<DossierData> {
  const { data, errors } = await world.current.ask(who, CHOICES, { code });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.dossier;
}

const faults = ({ problems }: DossierData) =>
  problems.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join(".")}`);

describe("a person who fills the form in", () => {
  it("a helper is on the dossier with capacity, name and number, in its history, and visible to the citizen", async () => {
    const { dossier } = await submitted({ filledBy: helper });
    for (const who of [clerk, citizen(APPLICANT)]) {
      const { filledBy, history } = await choicesOf(dossier.code, who);
      expect(filledBy).toEqual(helper);
      expect(history.nodes).toEqual([{ state: "RECEIVED", note: "Người khai giúp: Trần Văn Giúp (tình nguyện viên)" }]);
    }
  });

  it("a helper of a birth bundle is recorded too, and a dossier without a helper has none", async () => {
    const helped = { ...aBirthRequest(), filledBy: { fullName: "Nguyễn Thị Bà", capacity: "RELATIVE" } };
    const { data } = await submit(world.current, helped, { waitMs: 0 });
    const { code } = data.submitBirthBundle.dossier;
    expect((await choicesOf(code)).filledBy).toEqual({
      ...{ fullName: "Nguyễn Thị Bà", personalId: null, capacity: "RELATIVE" },
    });
    const alone = await submitted({});
    expect(await choicesOf(alone.dossier.code)).toMatchObject({ filledBy: null, handover: { method: "DESK" } });
  });

  it("a helper's name and number are checked, and the declarant is no helper", async () => {
    const wrong = await submitted({ filledBy: { fullName: "123", personalId: "12" } });
    expect(faults(wrong)).toEqual([
      ...["PERSONAL_ID_MALFORMED filledBy.personalId", "NAME_HAS_DIGITS filledBy.fullName"],
    ]);
    const self = await submitted({ filledBy: { fullName: "Lê Thị Thử Nghiệm", personalId: APPLICANT } });
    expect(faults(self)).toEqual(["FILLED_BY_DECLARANT filledBy.personalId"]);
  });

  it("a helper's number is shown only to callers who may read citizens", async () => {
    const { dossier } = await submitted({ filledBy: helper });
    const narrow = bearer("clerk", { office: "31471" }, ["dossier:read"]);
    const { data, errors } = await world.current.ask(narrow, CHOICES, { code: dossier.code });
    expect(data.dossier.filledBy).toEqual({ ...helper, personalId: null });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN", scopes: [["citizen:read"]] } }]);
  });
});

describe("a delivery choice", () => {
  it("results by post go to the address of the choice, by default to the declarant", async () => {
    const { dossier } = await submitted({ handover: { method: "POST", paperCopies: 2, address: home } });
    expect((await choicesOf(dossier.code)).handover).toEqual({
      ...{ method: "POST", paperCopies: 2 },
      address: {
        ...{ recipient: "Lê Thị Thử Nghiệm", phone: "0912345678", line: home.line },
        commune: { code: "31471", name: "Phường Long Mỹ" },
      },
    });
  });

  it("a birth bundle's paper copies go to another recipient", async () => {
    const address = { ...home, recipient: "Phạm Văn Cháu", phone: "0987 654 321" };
    const input = { ...aBirthRequest(), handover: { method: "POST", paperCopies: 1, address } };
    const { data } = await submit(world.current, input, { waitMs: 0 });
    expect((await choicesOf(data.submitBirthBundle.dossier.code)).handover.address).toMatchObject({
      ...{ recipient: "Phạm Văn Cháu", phone: "0987654321", line: home.line },
    });
  });

  it("a choice of post needs an address in a known commune and a phone", async () => {
    expect(faults(await submitted({ handover: { method: "POST" } }))).toEqual([
      "DELIVERY_ADDRESS_REQUIRED handover.address",
    ]);
    const declarant = { fullName: "Lê Thị Thử Nghiệm", personalId: APPLICANT };
    const address = { recipient: "1", line: " ", commune: "00000" };
    expect(faults(await submitted({ declarant, handover: { method: "POST", address } })).sort()).toEqual([
      ...["COMMUNE_UNKNOWN handover.address.commune", "DELIVERY_PHONE_REQUIRED handover.address.phone"],
      ...["NAME_HAS_DIGITS handover.address.recipient", "TEXT_EMPTY handover.address.line"],
    ]);
  });
});

import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { certificateStage } from "../../subgraphs/land/procedures/certificate-stage.ts";
import { obligationStage } from "../../subgraphs/land/procedures/obligation-stage.ts";
import { definition } from "../../subgraphs/land/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { AN, aBlank, aMortgage, anObligation, BINH, CHI, COMMUNE, HALF, landOfficer, SETTLED } from "./land-acts.ts";

const TODAY = legalDayOf(new Date());
let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition, { demo: false });
});
afterAll(() => agency?.stop());

const { done, parcel, registered } = landOfficer(() => agency);
const DOSSIER = "H13.152-261130-0001";

const aPart = (procedure: string, content: object, id = uuidv7()) => ({
  ...{ id, procedure, dossier: DOSSIER, office: COMMUNE, receivedAt: new Date().toISOString(), content },
});

async function ask(query: string, variables: object) {
  const { data, errors } = await agency.ask(a("service"), query, variables);
  if (errors) throw new Error(errors[0].message);
  return data;
}

const deliver = async (part: object) =>
  (await ask("mutation ($part: PartInput!) { deliverPart(part: $part) { state refusal { code } facts } }", { part }))
    .deliverPart;

/** An officer's grant. @returns the state of the part after it */
const grant = async (part: { id: string }, facts: object = {}) => {
  const variables = { part: part.id, instruction: { by: "officer:an", grant: { facts } } };
  const query = `mutation ($part: ID!, $instruction: Json!) { instructPart(partId: $part, instruction: $instruction) { state facts } }`;
  return (await ask(query, variables)).instructPart;
};

/** Problems of a part with their paths, or how it would be handled. */
async function checked(procedure: string, content: object): Promise<string[]> {
  const query = `query ($part: PartInput!) { checkPart(part: $part) { handling problems { code path } } }`;
  const { handling, problems } = (await ask(query, { part: aPart(procedure, content) })).checkPart;
  const found = problems.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join(".")}`);
  return found.length > 0 ? found.sort() : [handling];
}

const REGISTRATION = "1.013831";
const CERTIFICATE = "certificate { serial holders { fullName share { numerator denominator } } }";

/** The transfer of a parcel within the bundle. */
async function aTransferOf(code: string, more: object = {}) {
  const { certificate } = await parcel(code, CERTIFICATE);
  return {
    contract: { kind: "TRANSFER", number: "01/2026", signedOn: "2026-01-05" },
    land: { certificate: certificate.serial, parcel: code },
    ...{ from: [{ fullName: AN.fullName, personalId: AN.personalId }], to: [BINH] },
    ...more,
  };
}

describe("the registration of a transfer for a dossier", () => {
  test("an officer looks at every contract, and the grant enters the transfer once, with the dossier as its ground", async () => {
    const code = await registered();
    const content = await aTransferOf(code);
    expect(await checked(REGISTRATION, content)).toEqual(["OFFICER"]);
    const part = aPart(REGISTRATION, content);
    for (const _ of [1, 2]) expect(await deliver(part)).toMatchObject({ state: "PROCESSING" });
    for (const _ of [1, 2]) expect(await grant(part)).toMatchObject({ state: "GRANTED" });
    const { certificate, acts } = await parcel(
      code,
      `${CERTIFICATE} acts(first: 5) { nodes { kind ground recordedBy } }`,
    );
    expect(certificate.holders).toMatchObject([{ fullName: BINH.fullName }]);
    expect(acts.nodes).toMatchObject([
      { kind: "TRANSFER", ground: DOSSIER, recordedBy: "officer:an" },
      { kind: "REGISTRATION" },
    ]);
  });

  test("all problems come at once, each with its path into the request", async () => {
    const code = await registered({ holders: [AN, BINH].map((holder) => ({ ...holder, share: HALF })) });
    await done("encumberLand", aMortgage(code));
    await done("encumberLand", aMortgage(code, { kind: "BLOCK", party: "Cơ quan mẫu" }));
    await done("enterLandObligation", anObligation(code));
    const from = [
      { fullName: "Đặng Thử Khác", personalId: AN.personalId, share: { numerator: 2, denominator: 3 } },
      { fullName: CHI.fullName, personalId: CHI.personalId },
    ];
    const contract = { kind: "GIFT", number: "01/2026", signedOn: addDays(legalDayOf(new Date()), 3) };
    const to = [{ ...CHI, share: { numerator: 0, denominator: 1 } }];
    expect(await checked(REGISTRATION, await aTransferOf(code, { contract, from, to }))).toEqual([
      "CONTRACT_IN_FUTURE contract.signedOn",
      "GIVER_NOT_HOLDER from.1.personalId",
      "HOLDER_NAME_DIFFERS from.0.fullName",
      "OBLIGATION_UNPAID land.parcel",
      "PARCEL_BLOCKED land.parcel",
      "PARCEL_MORTGAGED land.parcel",
      "SHARE_IMPOSSIBLE to.0.share",
      "SHARE_TOO_LARGE from.0.share",
    ]);
  });

  test("shares that are received do not differ from those that are given", async () => {
    const content = await aTransferOf(await registered(), { to: [{ ...BINH, share: HALF }] });
    expect(await checked(REGISTRATION, content)).toEqual(["SHARES_UNEQUAL to"]);
  });

  test("a certificate that is unknown, not in force or of another parcel is a problem, and tells nothing of the parcel", async () => {
    const [code, other] = [await registered(), await registered()];
    await done("encumberLand", aMortgage(code));
    const [content, others] = [await aTransferOf(code), await aTransferOf(other)];
    const withSerial = (certificate: string) => ({ ...content, land: { ...content.land, certificate } });
    expect(await checked(REGISTRATION, withSerial("ZX 99999999"))).toEqual(["CERTIFICATE_UNKNOWN land.certificate"]);
    expect(await checked(REGISTRATION, withSerial(others.land.certificate))).toEqual([
      "CERTIFICATE_OF_OTHER_PARCEL land.certificate",
    ]);
    await done("issueLandCertificate", { parcel: code, certificate: aBlank(), ground: "Mẫu" });
    expect(await checked(REGISTRATION, content)).toEqual(["CERTIFICATE_ENDED land.certificate"]);
    const unknown = { ...content, land: { ...content.land, parcel: "wzzzzzzzzzzz" } };
    expect(await checked(REGISTRATION, unknown)).toEqual(["PARCEL_UNKNOWN land.parcel"]);
  });

  test("a case that the register has no act for is left to a person after a restore", async () => {
    const code = await registered();
    const { certificate, ...place } = await parcel(code, `${CERTIFICATE} sheetNumber parcelNumber areaM2`);
    const [transferor, transferee] = [AN, BINH].map(({ fullName, personalId }) => ({ fullName, personalId }));
    const form = {
      ...{ transferor, transferee, certificate: certificate.serial, case: "LEASE", contractDate: "2026-01-05" },
      parcel: { commune: COMMUNE, sheet: place.sheetNumber, number: place.parcelNumber, areaM2: place.areaM2 },
    };
    expect(await checked(REGISTRATION, form)).toEqual(["OFFICER"]);
    const again = { ...form, grantedBefore: { on: TODAY } };
    expect(await checked(REGISTRATION, again)).toEqual(["ENTERED_BY_OFFICER case"]);
  });

  test("of two dossiers about the whole right of one holder, the second is not granted", async () => {
    const content = await aTransferOf(await registered());
    const [first, second] = [aPart(REGISTRATION, content), aPart(REGISTRATION, { ...content, to: [CHI] })];
    for (const part of [first, second]) expect(await deliver(part)).toMatchObject({ state: "PROCESSING" });
    const states = (await Promise.all([grant(first), grant(second)])).map(({ state }) => state);
    expect(states.sort()).toEqual(["GRANTED", "PROCESSING"]);
  });
});

describe("the stages of a transfer after its registration", () => {
  const STAGES = { OBLIGATION: "land-obligation", SETTLEMENT: "land-settlement", CERTIFICATE: "land-certificate" };

  /** A parcel whose transfer is registered for the dossier. */
  async function transferred(): Promise<{ certificate: string; parcel: string }> {
    const code = await registered();
    const part = aPart(REGISTRATION, await aTransferOf(code));
    await deliver(part);
    await grant(part);
    return { certificate: (await parcel(code, CERTIFICATE)).certificate.serial, parcel: code };
  }

  test("the obligations are stated by an officer with their sum and day, and an unpaid one keeps the certificate back", async () => {
    const land = await transferred();
    const obligations = aPart(STAGES.OBLIGATION, { land });
    expect(await deliver(obligations)).toMatchObject({ state: "PROCESSING" });
    expect(await grant(obligations)).toMatchObject({ state: "PROCESSING" });
    const id = await done("enterLandObligation", anObligation(land.parcel));
    const { state, facts } = await grant(obligations);
    expect(state).toBe("GRANTED");
    const name = "Thuế thu nhập cá nhân (Thông báo thuế mẫu số 4)";
    const payable = { lines: [{ id, name, amountVnd: 20_000_000 }], dueOn: "2027-01-31" };
    expect(JSON.parse(facts.payable)).toEqual(payable);

    const certificate = aPart(STAGES.CERTIFICATE, { land });
    await deliver(certificate);
    expect(await grant(certificate, aBlank())).toMatchObject({ state: "PROCESSING" });
    const tooLittle = { state: "PAID", amountVnd: 1, receipt: "T-1" };
    expect(await checked(STAGES.SETTLEMENT, { land, payable, payment: tooLittle })).toEqual(["OFFICER"]);
    const paid = aPart(STAGES.SETTLEMENT, { land, payable, payment: { ...tooLittle, amountVnd: 20_000_000 } });
    for (const _ of [1, 2]) expect(await deliver(paid)).toMatchObject({ state: "GRANTED" });
    expect(await parcel(land.parcel, "obligations { outcome settlement }")).toEqual({
      obligations: [{ outcome: "PAID", settlement: `${DOSSIER}, giao dịch T-1` }],
    });

    const blank = aBlank();
    for (const _ of [1, 2]) expect(await grant(certificate, blank)).toMatchObject({ state: "GRANTED", facts: blank });
    const issued = await parcel(land.parcel, CERTIFICATE);
    expect(issued.certificate).toMatchObject({ serial: blank.serial, holders: [{ fullName: BINH.fullName }] });
  });

  test("the examination of a grant says what the officer has to do first", async () => {
    const land = await transferred();
    const whole = { ...aPart("", {}), receivedAt: new Date(), stated: {} };
    const codes = async (examined: Promise<{ problems: { code: string }[] }>) =>
      (await examined).problems.map(({ code }) => code);
    const stated = { ...whole, content: { land } };
    expect(await codes(obligationStage.examine(agency.db, stated))).toEqual(["OBLIGATIONS_NOT_ENTERED"]);
    expect(await codes(certificateStage.examine(agency.db, stated))).toEqual(["BLANK_NOT_STATED"]);
    const used = { ...stated, stated: { serial: land.certificate, bookNumber: "CS 1" } };
    expect(await codes(certificateStage.examine(agency.db, used))).toEqual(["SERIAL_TAKEN"]);
  });

  test("what the register has lost is entered again under the same serial after a restore", async () => {
    const land = await transferred();
    const { serial, bookNumber } = aBlank();
    const grantedBefore = { serial, bookNumber, on: TODAY };
    const part = aPart(STAGES.CERTIFICATE, { land, grantedBefore });
    expect(await deliver(part)).toMatchObject({ state: "GRANTED", facts: { serial, bookNumber } });
    const { certificate } = await parcel(land.parcel, "certificate { serial issuedOn }");
    expect(certificate).toEqual({ serial, issuedOn: TODAY });
  });

  test("stated obligations that the register has lost, and those that an officer settled, are left to a person after a restore", async () => {
    const land = await transferred();
    const on = "2026-11-01";
    const payable = { lines: [{ id: uuidv7() }] };
    const stated = { land, grantedBefore: { on, payable: JSON.stringify(payable) } };
    await done("enterLandObligation", anObligation(land.parcel));
    expect(await checked(STAGES.OBLIGATION, stated)).toEqual(["OBLIGATIONS_NOT_ENTERED land.parcel"]);
    const id = await done("enterLandObligation", anObligation(land.parcel, { dueOn: "2027-01-15" }));
    const kept = { ...stated, grantedBefore: { on, payable: JSON.stringify({ lines: [{ id }] }) } };
    expect(await checked(STAGES.OBLIGATION, kept)).toEqual(["AUTOMATIC"]);
    const settled = { land, payable: { lines: [{ id }] }, payment: null, grantedBefore: { on } };
    expect(await checked(STAGES.SETTLEMENT, settled)).toEqual(["OBLIGATION_UNPAID land.parcel"]);
    await done("settleLandObligation", { ...SETTLED, obligation: id });
    expect(await checked(STAGES.SETTLEMENT, settled)).toEqual(["AUTOMATIC"]);
  });

  test("of several notices, the first day is told, from which interest runs", async () => {
    const land = await transferred();
    for (const dueOn of ["2027-01-31", "2027-01-15", "2027-02-15"])
      await done("enterLandObligation", anObligation(land.parcel, { dueOn }));
    const obligations = aPart(STAGES.OBLIGATION, { land });
    await deliver(obligations);
    expect(JSON.parse((await grant(obligations)).facts.payable).dueOn).toBe("2027-01-15");
  });
});

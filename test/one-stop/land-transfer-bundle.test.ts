import { describe, expect, it } from "vitest";
import { aLandTransfer, dossierThatIs } from "../given.ts";
import { type DossierData, inFaultMode, isDone, pause, problemsOf, setClock } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { type Answer, clerk, contract, type Persona, TODAY } from "../world.ts";
import { isPaid, paying } from "./payments/paying.ts";

const given = paying();
/** Places of the stages among the parts. */
const [REGISTRATION, OBLIGATION, SETTLEMENT, CERTIFICATE] = [0, 1, 2, 3];
const OFFICER = { persona: "land-officer" };
const aKey = () => `transfer-${process.pid}-${serial("key")}`;
const aBlank = () => ({ serial: `ZS ${String(serial("blank")).padStart(8, "0")}`, bookNumber: "CS 0001" });

type Transfer = ReturnType<typeof aLandTransfer>;

const submit = (input: Transfer, idempotencyKey = aKey(), who: Persona = clerk): Promise<Answer> =>
  given.world.ask(who, contract("submit-land-transfer-bundle"), { input, idempotencyKey, waitMs: 0 });

async function submitted(input: Transfer): Promise<DossierData> {
  const { data, errors } = await submit(input);
  if (!data?.submitLandTransferBundle?.dossier) throw new Error(JSON.stringify(errors ?? data));
  return data.submitLandTransferBundle.dossier;
}

async function checked(input: Transfer): Promise<DossierData> {
  const CHECK = `query ($input: LandTransferBundleInput!) { checkLandTransferBundle(input: $input) {
    ready problems { code message path agency { code } } warnings { code } procedures { procedure { code } dueAt } } }`;
  const { data, errors } = await given.world.ask(clerk, CHECK, { input });
  expect(errors).toBeUndefined();
  return data.checkLandTransferBundle;
}

const codesOf = ({ problems }: DossierData): string[] =>
  problems.map(({ code, path }: DossierData) => `${code} ${path.join(".")}`).sort();

/** Grants a stage as a land officer, once it is at the officer. */
async function grant(code: string, stage: number, facts: object = {}): Promise<DossierData> {
  const waiting = await dossierThatIs(given.world, code, ({ parts }) => parts[stage].state === "PROCESSING");
  const variables = { part: waiting.parts[stage].id, decision: { grant: { facts } }, idempotencyKey: aKey() };
  const { data, errors } = await given.world.ask(OFFICER, contract("decide-part"), variables);
  expect(errors).toBeUndefined();
  return data.decidePart;
}

async function landAct(name: string, type: string, input: object): Promise<string> {
  const query = `mutation ($input: ${type}!, $key: String!) { ${name}(input: $input, idempotencyKey: $key) { act { id } problems { code } } }`;
  const { data, errors } = await given.world.ask(OFFICER, query, { input, key: aKey() });
  expect([errors, data?.[name].problems]).toEqual([undefined, []]);
  return data[name].act.id;
}

const FEE = 5_000_000;
const TAX = 20_000_000;
/** Enters the obligations of the tax office's notice. */
async function assess({ land, to, from }: Transfer, dueOn = "2026-12-31"): Promise<string[]> {
  const notice = { parcel: land.parcel, dueOn, ground: "TB-01/2026" };
  const enter = (more: object) => landAct("enterLandObligation", "LandObligationInput", { ...notice, ...more });
  return [
    await enter({ kind: "REGISTRATION_FEE", debtor: to[0]?.personalId, amountVnd: FEE }),
    await enter({ kind: "PERSONAL_INCOME_TAX", debtor: from[0]?.personalId, amountVnd: TAX }),
  ];
}

/** A dossier whose obligations are stated, so that it awaits their payment. */
async function awaitingPayment(input: Transfer, dueOn?: string): Promise<DossierData> {
  const { code } = await submitted(input);
  await grant(code, REGISTRATION);
  await assess(input, dueOn);
  expect((await grant(code, OBLIGATION)).problems).toEqual([]);
  return given.paymentThatIs(code, (payment) => Boolean(payment?.payUrl));
}

async function parcelOf({ land }: Transfer): Promise<DossierData> {
  const query = `query ($parcel: ID!) { landParcel(code: $parcel) { certificate { serial holders { fullName } }
    obligations { id outcome settlement } acts(first: 10) { nodes { kind } } } }`;
  const { data, errors } = await given.world.ask(OFFICER, query, { parcel: land.parcel });
  expect(errors).toBeUndefined();
  return data.landParcel;
}

const statesOf = ({ parts }: DossierData): string[] => parts.map(({ state }: DossierData) => state);
const isCertificateAtOfficer = ({ parts }: DossierData) => parts[CERTIFICATE].state === "PROCESSING";

describe("a transfer of land", () => {
  it("a transfer is registered, its obligations are stated and paid while the clock stands still, and the certificate follows", async () => {
    const input = aLandTransfer();
    const { ready, procedures } = await checked(input);
    expect(ready).toBe(true);
    expect(procedures.map((each: DossierData) => each.procedure.code)).toEqual(Array(4).fill("1.013831"));
    const { code, parts } = await submitted(input);
    expect(parts.map((each: DossierData) => each.dependsOn.length)).toEqual([0, 1, 1, 1]);

    const awaiting = await awaitingPaymentOf(code, input);
    expect(awaiting).toMatchObject({ state: "AWAITING_PAYMENT", nationalStatus: 6 });
    expect(awaiting.timeLedger.at(-1)).toMatchObject({ holder: "CITIZEN" });
    expect(awaiting.payment).toMatchObject({
      state: "PENDING",
      amountVnd: FEE + TAX,
      payBy: expect.stringContaining("2026-12-31"),
    });
    expect(awaiting.payment.lines).toEqual([
      { name: "Lệ phí trước bạ (TB-01/2026)", amountVnd: FEE },
      { name: "Thuế thu nhập cá nhân (TB-01/2026)", amountVnd: TAX },
    ]);
    expect(statesOf(awaiting)).toEqual(["GRANTED", "GRANTED", "BLOCKED", "BLOCKED"]);
    const before = await parcelOf(input);
    expect(before.certificate).toMatchObject({ holders: [{ fullName: "Trần Thử Nhận" }] });

    await given.atProvider("pay", awaiting.payment);
    await given.paymentThatIs(code, isPaid);
    await dossierThatIs(given.world, code, isCertificateAtOfficer);
    expect((await parcelOf(input)).obligations).toEqual(
      Array(2).fill({
        id: expect.any(String),
        outcome: "PAID",
        settlement: expect.stringContaining(`${code}, giao dịch`),
      }),
    );
    const blank = aBlank();
    expect((await grant(code, CERTIFICATE, blank)).problems).toEqual([]);
    const done = await dossierThatIs(given.world, code, isDone);
    expect(done).toMatchObject({ state: "RETURNED", outcome: "GRANTED" });
    const after = await parcelOf(input);
    expect(after.certificate).toEqual({ serial: blank.serial, holders: [{ fullName: "Trần Thử Nhận" }] });
    expect(after.acts.nodes.map(({ kind }: DossierData) => kind).slice(0, 6)).toEqual([
      ...["CERTIFICATE", "SETTLEMENT", "SETTLEMENT", "ASSESSMENT", "ASSESSMENT", "GIFT"],
    ]);
  });

  it("parts are named as the stages of one procedure", async () => {
    const { code } = await submitted(aLandTransfer());
    const query = "query ($code: ID!) { dossier(code: $code) { parts { name procedure { code } } } }";
    const { data } = await given.world.ask(clerk, query, { code });
    expect(data.dossier.parts.map(({ name }: DossierData) => name)).toEqual([
      "Đăng ký biến động đất đai",
      "Xác định nghĩa vụ tài chính",
      "Hoàn thành nghĩa vụ tài chính",
      "Cấp giấy chứng nhận quyền sử dụng đất",
    ]);
  });

  it("what is not paid by the day of the notice is still awaited: the citizen reads what is late, and pays later", async () => {
    const input = aLandTransfer();
    const { code, dueAt, payment } = await awaitingPayment(input, "2026-11-30");
    try {
      setClock(given.world, "2027-03-01T08:00:00+07:00");
      const late = await dossierThatIs(given.world, code, (dossier) => dossier.dueAt > dueAt);
      expect(late).toMatchObject({ state: "AWAITING_PAYMENT", overdue: false });
      expect(statesOf(late)).toEqual(["GRANTED", "GRANTED", "BLOCKED", "BLOCKED"]);
      const TRACK = 'query ($code: ID!) { trackDossier(code: $code, phoneLast4: "5678") { whatYouMustDo } }';
      const { data } = await given.world.ask({ persona: "citizen" }, TRACK, { code });
      expect(data.trackDossier.whatYouMustDo.join()).toMatch(/hết ngày 30\/11\/2026; nộp chậm .* tiền chậm nộp/);
      expect(await parcelOf(input)).toMatchObject({
        certificate: { holders: [{ fullName: "Trần Thử Nhận" }] },
        obligations: [{ outcome: null }, { outcome: null }],
      });
      expect(codesOf(await checked(input))).toContain("OBLIGATION_UNPAID land.parcel");
      await given.atProvider("pay", payment);
      await dossierThatIs(given.world, code, isCertificateAtOfficer);
    } finally {
      setClock(given.world, TODAY);
    }
  });

  it("stages of a withdrawn dossier are not refiled, because officers complete what was registered", async () => {
    const input = aLandTransfer();
    const { code, parts } = await awaitingPayment(input);
    const key = { dossier: code, idempotencyKey: aKey() };
    await given.world.ask(clerk, contract("withdraw-dossier"), { ...key, reason: "Nộp thuế tại kho bạc" });
    const done = await dossierThatIs(given.world, code, ({ state }) => state === "WITHDRAWN");
    expect(statesOf(done)).toEqual(["GRANTED", "GRANTED", "CANCELLED", "CANCELLED"]);
    const REFILE =
      "mutation ($part: ID!, $key: String!) { refilePart(part: $part, idempotencyKey: $key) { problems { code } } }";
    const { data } = await given.world.ask(clerk, REFILE, { part: parts[SETTLEMENT].id, key: aKey() });
    expect(data.refilePart.problems).toEqual([{ code: "PART_COMPLETED_AT_AGENCY" }]);
    for (const { id: obligation } of (await parcelOf(input)).obligations)
      await landAct("settleLandObligation", "LandSettlementInput", { obligation, outcome: "PAID", ground: "GNT-01" });
    const certificate = aBlank();
    await landAct("issueLandCertificate", "LandCertificateIssueInput", {
      ...{ parcel: input.land.parcel, certificate, ground: code },
    });
    expect((await parcelOf(input)).certificate).toMatchObject({ serial: certificate.serial });
  });

  it("where the tax office exempts everything, no payment is awaited", async () => {
    const input = aLandTransfer();
    const { code } = await submitted(input);
    await grant(code, REGISTRATION);
    for (const obligation of await assess(input))
      await landAct("settleLandObligation", "LandSettlementInput", {
        obligation,
        outcome: "EXEMPTED",
        ground: "QĐ-01",
      });
    await grant(code, OBLIGATION);
    await dossierThatIs(given.world, code, isCertificateAtOfficer);
    expect((await given.read(code)).payment).toBeNull();
  });

  it("a stage is not granted before its officer has entered the obligations, nor without a readable blank", async () => {
    const input = aLandTransfer();
    const { code } = await submitted(input);
    await grant(code, REGISTRATION);
    expect((await grant(code, OBLIGATION)).problems).toMatchObject([{ code: "DECISION_NOT_TAKEN" }]);
    const { payment } = await awaitingPaymentOf(code, input);
    await given.atProvider("pay", payment);
    for (const facts of [{}, { ...aBlank(), serial: "1234" }, { ...aBlank(), serial: input.land.certificate }])
      expect((await grant(code, CERTIFICATE, facts)).problems).toMatchObject([{ code: "DECISION_NOT_TAKEN" }]);
    expect((await grant(code, CERTIFICATE, aBlank())).problems).toEqual([]);
  });

  it("a waiver by a clerk does not settle what the tax office has notified: a land officer looks", async () => {
    const input = aLandTransfer();
    const { code } = await awaitingPayment(input);
    await given.record(code, { waiver: { legalBasis: "Quyết định miễn thuế QĐ-02" } });
    await dossierThatIs(given.world, code, ({ parts }) => parts[SETTLEMENT].state === "PROCESSING");
    expect((await grant(code, SETTLEMENT)).problems).toMatchObject([{ code: "DECISION_NOT_TAKEN" }]);
    expect((await parcelOf(input)).obligations).toMatchObject([{ outcome: null }, { outcome: null }]);
  });

  it("cash at the counter is a payment too, and its receipt is the ground of the settlement", async () => {
    const input = aLandTransfer();
    const { code } = await awaitingPayment(input);
    await given.record(code, { cash: { amountVnd: FEE + TAX, receipt: "BL-01" } });
    await dossierThatIs(given.world, code, isCertificateAtOfficer);
    expect((await parcelOf(input)).obligations).toEqual(
      Array(2).fill({ id: expect.any(String), outcome: "PAID", settlement: `${code}, giao dịch BL-01` }),
    );
  });

  it("while the land registry is down after the payment, nothing is lost, and the settlement is entered once", async () => {
    const input = aLandTransfer();
    const { code, payment } = await awaitingPayment(input);
    await inFaultMode(given.world, "LAND", "DOWN", async () => {
      await given.atProvider("pay", payment);
      await given.paymentThatIs(code, isPaid);
      await pause(500);
      const { parts } = await given.read(code);
      expect(parts[SETTLEMENT].state).not.toBe("GRANTED");
    });
    await dossierThatIs(given.world, code, isCertificateAtOfficer);
    const kinds = (await parcelOf(input)).acts.nodes.map(({ kind }: DossierData) => kind);
    expect(kinds.filter((kind: string) => kind === "SETTLEMENT")).toHaveLength(2);
  });
});

/** The stages until the payment is awaited, of a dossier that was submitted. */
async function awaitingPaymentOf(code: string, input: Transfer): Promise<DossierData> {
  const { parts } = await given.read(code);
  if (parts[REGISTRATION].state !== "GRANTED") await grant(code, REGISTRATION);
  await assess(input);
  expect((await grant(code, OBLIGATION)).problems).toEqual([]);
  return given.paymentThatIs(code, (payment) => Boolean(payment?.payUrl));
}

describe("the same land again", () => {
  it("one key gives one dossier, also if the request is sent twice at once; with another body it is a conflict", async () => {
    const [input, key] = [aLandTransfer(), aKey()];
    const both = await Promise.all([submit(input, key), submit(input, key)]);
    const codes = both.map(({ data }) => data.submitLandTransferBundle.dossier?.code);
    expect(codes[0]).toBeDefined();
    expect(codes[1]).toBe(codes[0]);
    const changed = { ...input, contract: { ...input.contract, kind: "TRANSFER" } };
    expect(problemsOf(await submit(changed, key))[0]?.code).toBe("IDEMPOTENCY_CONFLICT");
  });

  it("of two dossiers about one certificate at once one is accepted, and the other names it; a parcel has one live certificate", async () => {
    const input = aLandTransfer();
    const other = {
      ...input,
      to: [{ ...input.to[0], fullName: "Lê Thử Khác", personalId: "093195900078" }],
    } as Transfer;
    const answers = await Promise.all([submit(input), submit(other)]);
    const [accepted] = answers.flatMap(({ data }) => data.submitLandTransferBundle.dossier ?? []);
    const refused = answers.filter(({ data }) => !data.submitLandTransferBundle.dossier);
    expect(refused.map(problemsOf)).toMatchObject([
      [{ code: "TRANSFER_ALREADY_SUBMITTED", path: ["land", "certificate"], names: accepted.code }],
    ]);
    const { payment } = await awaitingPaymentOf(accepted.code, input);
    await given.atProvider("pay", payment);
    // the officer of the counter and the one of the dossier issue at once
    await dossierThatIs(given.world, accepted.code, isCertificateAtOfficer);
    await Promise.all([
      grant(accepted.code, CERTIFICATE, aBlank()),
      landAct("issueLandCertificate", "LandCertificateIssueInput", {
        ...{ parcel: input.land.parcel, certificate: aBlank(), ground: "Cấp đổi mẫu" },
      }),
    ]);
    const [found] = await given.world.sql("land")`
      select count(*)::int as live from certificates c
        join lateral (select state from certificate_versions v where v.certificate_id = c.id order by version desc limit 1) last
          on last.state = 'LIVE' where c.parcel_id = ${input.land.parcel}`;
    expect(found?.live).toBe(1);
  });
});

describe("a request with mistakes", () => {
  it("all problems of a request come at once, those of the register too, and nothing is accepted", async () => {
    const input = aLandTransfer();
    await landAct("encumberLand", "LandEncumbranceInput", {
      ...{ kind: "MORTGAGE", parcel: input.land.parcel, party: "Ngân hàng mẫu", ground: "Hợp đồng mẫu" },
    });
    input.contract.signedOn = "2027-01-01";
    input.contract.number = " ";
    input.from[0] = { fullName: "Lê Thử Lạ", personalId: "093195900079", share: null };
    input.to[0] = { fullName: "Trần Thử Nhận", personalId: "12", share: { numerator: 2, denominator: 1 } };
    const check = await checked(input);
    expect(check.ready).toBe(false);
    expect(codesOf(check)).toEqual(
      expect.arrayContaining([
        "CONTRACT_IN_FUTURE contract.signedOn",
        "GIVER_NOT_HOLDER from.0.personalId",
        "PARCEL_MORTGAGED land.parcel",
        "SHARE_IMPOSSIBLE to.0.share",
      ]),
    );
    expect(new Set(codesOf(check)).size).toBe(check.problems.length);
    expect(check.problems.map(({ path }: DossierData) => path.join("."))).toEqual(
      expect.arrayContaining(["contract.number", "to.0.personalId"]),
    );
    const mortgage = check.problems.find(({ code }: DossierData) => code === "PARCEL_MORTGAGED");
    expect(mortgage.message).toContain("Ngân hàng mẫu");
    const { data } = await submit(input);
    expect(data.submitLandTransferBundle.dossier).toBeNull();
  });

  it.each<[string, string, (input: Transfer) => void]>([
    ["LAND_CERTIFICATE_MALFORMED", "land.certificate", (input) => Object.assign(input.land, { certificate: "1" })],
    ["CERTIFICATE_UNKNOWN", "land.certificate", (input) => Object.assign(input.land, { certificate: "ZX 99999999" })],
    ["PARCEL_UNKNOWN", "land.parcel", (input) => Object.assign(input.land, { parcel: "wzzzzzzzzzzz" })],
    ["PARCEL_CODE_MALFORMED", "land.parcel", (input) => Object.assign(input.land, { parcel: "a" })],
    ["HOLDERS_MISSING", "to", (input) => Object.assign(input, { to: [] })],
    ["SHARES_UNEQUAL", "to", (input) => Object.assign(input.to[0] ?? {}, { share: { numerator: 1, denominator: 3 } })],
    ["TOO_MANY_ENTRIES", "from", (input) => Object.assign(input, { from: Array(51).fill(input.from[0]) })],
  ])("the problem %s is told at its place", async (code, path, spoil) => {
    const input = aLandTransfer();
    spoil(input);
    const found = problemsOf(await submit(input)).map((each) => [each.code, each.path.join(".")]);
    expect(found).toContainEqual([code, path]);
  });

  it("a citizen submits as one who gives or receives, and a portal not at all", async () => {
    const answer = await submit(aLandTransfer(), aKey(), { persona: "citizen" });
    expect(problemsOf(answer).map(({ code }) => code)).toContain("SUBMITTER_NOT_NAMED");
    const { errors } = await submit(aLandTransfer(), aKey(), { persona: "portal" });
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});

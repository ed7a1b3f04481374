import { expect, it } from "vitest";
import { NOTICE_DELIVERIES } from "../../scripts/payment-provider/notices.ts";
import type { FaultMode } from "../../subgraphs/_shared/demo/demo-state.ts";
import { seededRandom } from "../../subgraphs/_shared/demo/population-random.ts";
import { aLandTransfer } from "../given.ts";
import { type DossierData, pause } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract } from "../world.ts";
import { paying } from "./payments/paying.ts";

const given = paying({ PAYMENT_QUERY_MS: "200" });
const SEED = Number(process.env.LAND_TRANSFERS_SEED ?? 1);
const TRANSFERS = Number(process.env.LAND_TRANSFERS ?? 8);
const MODES = ["UP", "DOWN", "LOSES_ANSWERS"] as const satisfies FaultMode[];
/** Rounds in which faults happen. */
const FAULTY_ROUNDS = 10;
const MOST_ROUNDS = 300;
const OFFICER = { persona: "land-officer" };
const aKey = () => `transfers-${process.pid}-${serial("key")}`;
const ENDED = new Set(["COMPLETED", "RETURNED", "WITHDRAWN"]);

type Random = ReturnType<typeof seededRandom>;
type Transfer = ReturnType<typeof aLandTransfer>;
type Open = { code: string; input: Transfer };

/** Submits a request and, for each third, a second one about the same land to somebody else: one of the two is accepted. */
async function submitted(n: number): Promise<Open[]> {
  const input = aLandTransfer();
  const other = { ...input, to: [{ ...input.to[0], fullName: "Lê Thử Khác", personalId: "093195900078" }] } as Transfer;
  const requests = n % 3 === 0 ? [input, other] : [input];
  const opened = await Promise.all(
    requests.map(async (each) => {
      const variables = { input: each, idempotencyKey: aKey(), waitMs: 0 };
      const { data, errors } = await given.world.ask(clerk, contract("submit-land-transfer-bundle"), variables);
      expect(errors).toBeUndefined();
      const { dossier } = data.submitLandTransferBundle;
      return dossier ? [{ code: dossier.code as string, input: each }] : [];
    }),
  );
  expect(opened.flat()).toHaveLength(1);
  return opened.flat();
}

/** An act of a land officer. One that the register does not accept, or that was not answered, is repeated in a later round. */
async function landAct(name: string, type: string, input: object, key: string): Promise<void> {
  const query = `mutation ($input: ${type}!, $key: String!) { ${name}(input: $input, idempotencyKey: $key) { problems { code } } }`;
  await given.world.ask(OFFICER, query, { input, key });
}

/** Enters what the tax office has notified: nothing is to be paid where everything is exempted. */
async function assess(part: string, { land }: Transfer, random: Random): Promise<void> {
  const notice = { parcel: land.parcel, debtor: "093195900077", dueOn: "2026-11-30", ground: "TB-01/2026" };
  for (const place of [1, 2].slice(random.below(2)))
    await landAct(
      ...(["enterLandObligation", "LandObligationInput"] as const),
      { ...notice, kind: "REGISTRATION_FEE", amountVnd: 1_000_000 * place },
      `${part}-oblige-${place}`,
    );
  if (random.below(4) === 0) await settleByHand(land.parcel, "EXEMPTED");
}

async function settleByHand(parcel: string, outcome: "PAID" | "EXEMPTED"): Promise<void> {
  const open = await given.world.sql("land")`
    select id from obligations o where parcel_id = ${parcel}
       and not exists (select from obligation_settlements where obligation_id = o.id)`;
  for (const { id: obligation } of open)
    await landAct(
      "settleLandObligation",
      "LandSettlementInput",
      { obligation, outcome, ground: "QĐ-01" },
      `end-${obligation}`,
    );
}

/** Decides the part that waits for an officer, as chance has it. */
async function decidePart({ parts }: DossierData, input: Transfer, random: Random): Promise<void> {
  const stage = parts.findIndex(({ state }: DossierData) => state === "PROCESSING");
  if (stage < 0) return;
  const { id } = parts[stage];
  if (stage === 1) await assess(id, input, random);
  if (stage === 2) await settleByHand(input.land.parcel, "PAID");
  const facts = stage === 3 ? { serial: `ZR ${String(serial("blank")).padStart(8, "0")}`, bookNumber: "CS 0001" } : {};
  const refuse = { reason: "Không đủ điều kiện", legalBasis: "Luật Đất đai 31/2024/QH15" };
  const decision = random.below(8) === 0 ? { refuse } : { grant: { facts } };
  await given.world.ask(OFFICER, contract("decide-part"), { part: id, decision, idempotencyKey: aKey() });
}

/** Pays what was stated at the provider or the counter, or has it waived, or withdraws, as chance has it. */
async function payOrWithdraw(code: string, payment: DossierData, random: Random): Promise<void> {
  const choice = random.below(8);
  if (choice === 0) {
    const variables = { dossier: code, reason: "Nộp tại kho bạc", idempotencyKey: aKey() };
    await given.world.ask(clerk, contract("withdraw-dossier"), variables);
  } else if (choice === 1) await given.record(code, { waiver: { legalBasis: "Quyết định miễn thuế QĐ-02" } });
  else if (choice === 2) await given.record(code, { cash: { amountVnd: payment.amountVnd, receipt: "BL-01" } });
  else if (payment.payUrl) await given.atProvider("pay", payment, random.pick(NOTICE_DELIVERIES));
}

/** Works on the dossiers until all have ended, while the land registry is now well and now not. */
async function workOn(open: Set<Open>, random: Random): Promise<void> {
  const paid = new Set<string>();
  for (let round = 0; open.size > 0; round++) {
    given.world.demo.setFaultMode("LAND", round > FAULTY_ROUNDS ? "UP" : random.pick(MODES));
    for (const each of open) {
      const dossier = await given.read(each.code);
      if (ENDED.has(dossier.state)) open.delete(each);
      else if (dossier.state !== "AWAITING_PAYMENT") await decidePart(dossier, each.input, random);
      else if (dossier.payment.payUrl && !paid.has(each.code)) {
        paid.add(each.code);
        await payOrWithdraw(each.code, dossier.payment, random);
      }
    }
    if (round > MOST_ROUNDS) throw new Error(`Dossiers that do not end: ${[...open].map(({ code }) => code)}`);
    await pause(100);
  }
}

it("whatever fails meanwhile, each granted stage is in the land register once, and each parcel has one owner and certificate", {
  timeout: 60_000 + TRANSFERS * 20_000,
}, async () => {
  const random = seededRandom(SEED);
  const all = (await Promise.all(Array.from({ length: TRANSFERS }, (_, n) => submitted(n)))).flat();
  await workOn(new Set(all), random);

  const [desk, land] = [given.world.sql("one-stop"), given.world.sql("land")];
  const codes = all.map(({ code }) => code);
  const parts = await desk<{ id: string; key: string; code: string; state: string }[]>`
    select s.id, s.key, d.code, s.state from steps s join dossiers d on d.id = s.dossier_id where d.code in ${desk(codes)}`;
  const granted = (key: string) => parts.filter((each) => each.key === key && each.state === "GRANTED");
  const entered = await land<{ part: string; kind: string; times: number }[]>`
    select split_part(idempotency_key, ':', 1) as part, kind, count(*)::int as times from acts
     where split_part(idempotency_key, ':', 1) in ${land(parts.map(({ id }) => id))} and kind <> 'SETTLEMENT' group by 1, 2`;
  const once = (key: string, kind: string) => granted(key).map(({ id }) => ({ part: id, kind, times: 1 }));
  const byPart = (a: { part: string }, b: { part: string }) => a.part.localeCompare(b.part);
  expect([...entered].sort(byPart)).toEqual(
    [...once("REGISTRATION", "GIFT"), ...once("CERTIFICATE", "CERTIFICATE")].sort(byPart),
  );
  const registered = new Set(granted("REGISTRATION").map(({ code }) => code));
  const certified = new Set(granted("CERTIFICATE").map(({ code }) => code));
  expect(certified.size).toBeGreaterThan(0);
  for (const { code, input } of all) {
    const live = await land`
      select c.serial, v.share_total as total, array_agg(h.personal_id order by h.personal_id) as holders, sum(h.shares)::int as shares,
             (select count(*)::int from obligations o where o.parcel_id = l.parcel_id
               and not exists (select from obligation_settlements where obligation_id = o.id)) as unpaid
        from live_certificates l join certificates c on c.id = l.certificate_id
        join certificate_versions v on v.certificate_id = l.certificate_id and v.version = l.version
        join certificate_holders h on h.certificate_id = v.certificate_id and h.version = v.version
       where l.parcel_id = ${input.land.parcel} group by c.serial, v.share_total, l.parcel_id`;
    const owners = registered.has(code) ? input.to : input.from;
    expect(live).toMatchObject([{ holders: owners.map(({ personalId }) => personalId).sort() }]);
    expect(live[0]?.shares).toBe(live[0]?.total);
    expect(live[0]?.serial.replace(" ", "") !== input.land.certificate).toBe(certified.has(code));
    if (certified.has(code)) expect(live[0]?.unpaid).toBe(0);
  }
  const owed = await desk`
    select d.code from payments p join dossiers d on d.id = p.dossier_id
     where d.code in ${desk(codes)} and p.state not in ('PAID', 'WAIVED', 'EXPIRED', 'REFUNDED', 'REFUND_DUE')`;
  expect([...owed]).toEqual([]);
});

import { families } from "../../../subgraphs/_shared/demo/population.ts";
import { legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import { landHoldings } from "../../../subgraphs/land/demo-holdings.ts";
import { type GraphClient, openGraphClient } from "../graph-client.ts";
import { openPayer } from "../payer.ts";
import { waitUntil } from "../wait-until.ts";
import { killAt } from "./crashes.ts";
import type { FaultSetup } from "./fault-setup.ts";
import type { Scenario } from "./scenario.ts";

const PATIENCE_MS = 60_000;
const AMOUNTS = [5_000_000, 20_000_000];
/** The population's own acts are on the first four. */
let nextLand = 4;
let serial = 0;
const aKey = () => `land-${process.pid}-${serial++}`;

const SUBMIT = `mutation ($input: LandTransferBundleInput!, $key: String!) {
  submitLandTransferBundle(input: $input, idempotencyKey: $key) { dossier { code } problems { code } } }`;
const OBLIGE = `mutation ($input: LandObligationInput!, $key: String!) {
  enterLandObligation(input: $input, idempotencyKey: $key) { problems { code } } }`;
const DECIDE = `mutation ($part: ID!, $decision: DecisionInput!, $key: String!) {
  decidePart(part: $part, decision: $decision, idempotencyKey: $key) { problems { code } } }`;
const DOSSIER = "query ($code: ID!) { dossier(code: $code) { outcome parts { id state } payment { id payUrl } } }";

type Dossier = {
  outcome: string | null;
  parts: { id: string; state: string }[];
  payment: { id: string; payUrl: string | null } | null;
};
type People = { clerk: GraphClient; officer: GraphClient };
type Transfer = { code: string; parcel: string; order: string };

/** The desk is killed between the payment of a land transfer and its certificate. */
export const landTransferFaults: Scenario[] = (
  [
    ...(["before-commit.PAYMENT", "after-commit.PAYMENT"] as const),
    ...(["before-call.SETTLEMENT", "after-call.SETTLEMENT", "after-commit.SETTLEMENT"] as const),
  ] as const
).map((point) => ({
  name: `one-stop is killed ${point.replace(".", " of ")} of a land transfer; it is settled and certified once`,
  async run(setup: FaultSetup) {
    const people = peopleOf(setup);
    const transfer = await awaitingPayment(setup, people);
    const payer = openPayer(setup.harness.system, setup.desk.commune, deadline());
    await killAt(setup, point, () => payer.atProvider("pay", transfer.order, "SENT"));
    await grant(people, transfer.code, 3, { serial: `ZY ${String(++serial).padStart(8, "0")}`, bookNumber: "CS 1" });
    await waitUntil(
      `${transfer.code} is granted`,
      async () => (await read(people, transfer.code)).outcome === "GRANTED",
    );
    await demandOnce(setup, transfer);
  },
}));

function deadline(): () => number {
  const since = performance.now();
  return () => since + PATIENCE_MS;
}

function peopleOf({ harness, desk: { commune } }: FaultSetup): People {
  const client = (persona: string) => openGraphClient(harness.system.gatewayUrl, { persona, commune }, deadline());
  return { clerk: client("clerk"), officer: client("land-officer") };
}

/** Gift of seeded land that is registered and whose obligations are stated. */
async function awaitingPayment({ desk: { commune } }: FaultSetup, people: People): Promise<Transfer> {
  const { land, holders } = landAt(nextLand++);
  const from = holders.map(({ fullName, personalId }) => ({ fullName, personalId }));
  const input = {
    ...{
      office: commune,
      channel: "DESK",
      handover: { method: "DESK" },
      declarant: { ...from[0], phone: "0912345678" },
    },
    contract: { kind: "GIFT", number: aKey(), signedOn: legalDayOf(new Date()), notary: "Văn phòng công chứng mẫu" },
    ...{ land: { certificate: land.certificateSerial, parcel: land.parcelId }, from },
    to: [{ fullName: "Trần Thử Nhận", personalId: "093195900077", share: { numerator: 1, denominator: 1 } }],
  };
  type Submitted = { dossier: { code: string } | null; problems: { code: string }[] };
  const { dossier, problems } = await people.clerk.ask<Submitted>(SUBMIT, { input, key: aKey() });
  if (!dossier) throw new Error(problems.map((problem) => problem.code).join(", "));
  const { code } = dossier;
  await grant(people, code, 0, {});
  for (const amountVnd of AMOUNTS) {
    const notice = { parcel: land.parcelId, debtor: "093195900077", dueOn: "2099-12-31", ground: "TB-01" };
    await people.officer.ask(OBLIGE, { input: { ...notice, kind: "REGISTRATION_FEE", amountVnd }, key: aKey() });
  }
  await grant(people, code, 1, {});
  await waitUntil(`${code} has an address to pay at`, async () => Boolean((await read(people, code)).payment?.payUrl));
  return { code, parcel: land.parcelId, order: (await read(people, code)).payment?.id ?? "" };
}

function landAt(place: number) {
  const owned = families().flatMap((family) => {
    const land = landHoldings(family);
    return land ? [{ land, holders: land.holders.map((who) => family[who]) }] : [];
  });
  const found = owned[place];
  if (!found) throw new Error("The seeded land is used up");
  return found;
}

function read({ clerk }: People, code: string): Promise<Dossier> {
  return clerk.ask<Dossier>(DOSSIER, { code });
}

/** Grants a stage once it is at the officer. */
async function grant(people: People, code: string, stage: number, facts: object): Promise<void> {
  const stateOf = async () => (await read(people, code)).parts[stage];
  await waitUntil(`stage ${stage} of ${code} is at the officer`, async () => (await stateOf())?.state === "PROCESSING");
  const part = (await stateOf())?.id;
  await people.officer.ask(DECIDE, { part, decision: { grant: { facts } }, key: aKey() });
}

/** @throws unless each obligation is settled once and the parcel has one live certificate */
async function demandOnce({ harness }: FaultSetup, { code, parcel }: Transfer): Promise<void> {
  const [found] = await harness.sql("land")<{ settled: number; live: number }[]>`
    select (select count(*)::int from acts where kind = 'SETTLEMENT' and ground like ${`${code}%`}) as settled,
           (select count(*)::int from live_certificates where parcel_id = ${parcel}) as live`;
  if (found?.settled !== AMOUNTS.length || found.live !== 1)
    throw new Error(`${code} has ${found?.settled} settlements and ${found?.live} live certificates`);
}

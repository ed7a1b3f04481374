import { families } from "../../../subgraphs/_shared/demo/population.ts";
import { legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import { landHoldings } from "../../../subgraphs/land/demo-holdings.ts";
import { type GraphClient, openGraphClient } from "../graph-client.ts";
import { openPayer } from "../payer.ts";
import { ACTS_OF_STAGE, factsOfStage, giftOfLand } from "../random/transferred-land.ts";
import { waitUntil } from "../wait-until.ts";
import { killAt } from "./crashes.ts";
import type { FaultSetup } from "./fault-setup.ts";
import type { Scenario } from "./scenario.ts";

const PATIENCE_MS = 60_000;
/** The population's own acts are on the first four. */
let nextLand = 4;
let serial = 0;
const aKey = () => `land-${process.pid}-${serial++}`;

const SUBMIT = `mutation ($input: LandTransferBundleInput!, $key: String!) {
  submitLandTransferBundle(input: $input, idempotencyKey: $key) { dossier { code } problems { code } } }`;
const DECIDE = `mutation ($part: ID!, $decision: DecisionInput!, $key: String!) {
  decidePart(part: $part, decision: $decision, idempotencyKey: $key) { problems { code } } }`;
const DOSSIER = "query ($code: ID!) { dossier(code: $code) { outcome parts { id state } payment { id payUrl } } }";

type Dossier = {
  outcome: string | null;
  parts: { id: string; state: string }[];
  payment: { id: string; payUrl: string | null } | null;
};
/** The parts of a transfer in their order. */
const STAGES = ["REGISTRATION", "OBLIGATION", "SETTLEMENT", "CERTIFICATE"] as const;
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
    await grant(people, transfer, "CERTIFICATE");
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
  const owners = families().filter((family) => landHoldings(family) !== null);
  const input = giftOfLand(owners.slice(nextLand++), commune, legalDayOf(new Date()));
  type Submitted = { dossier: { code: string } | null; problems: { code: string }[] };
  const { dossier, problems } = await people.clerk.ask<Submitted>(SUBMIT, { input, key: aKey() });
  if (!dossier) throw new Error(problems.map((problem) => problem.code).join(", "));
  const transfer = { code: dossier.code, parcel: input.land.parcel };
  await grant(people, transfer, "REGISTRATION");
  await grant(people, transfer, "OBLIGATION");
  const payment = async () => (await read(people, transfer.code)).payment;
  await waitUntil(`${transfer.code} has an address to pay at`, async () => Boolean((await payment())?.payUrl));
  return { ...transfer, order: (await payment())?.id ?? "" };
}

function read({ clerk }: People, code: string): Promise<Dossier> {
  return clerk.ask<Dossier>(DOSSIER, { code });
}

/** Grants a stage once it is at the officer. */
async function grant(
  people: People,
  { code, parcel }: Omit<Transfer, "order">,
  stage: (typeof STAGES)[number],
): Promise<void> {
  const partOf = async () => (await read(people, code)).parts[STAGES.indexOf(stage)];
  await waitUntil(`${stage} of ${code} is at the officer`, async () => (await partOf())?.state === "PROCESSING");
  const id = (await partOf())?.id ?? "";
  const facts = await factsOfStage({ key: stage, id, parcel }, people.officer);
  await people.officer.ask(DECIDE, { part: id, decision: { grant: { facts } }, key: aKey() });
}

/** @throws unless each obligation is settled once and the parcel has one live certificate */
async function demandOnce({ harness }: FaultSetup, { code, parcel }: Transfer): Promise<void> {
  const [found] = await harness.sql("land")<{ settled: number; live: number }[]>`
    select (select count(*)::int from acts where kind = 'SETTLEMENT' and ground like ${`${code}%`}) as settled,
           (select count(*)::int from live_certificates where parcel_id = ${parcel}) as live`;
  if (found?.settled !== ACTS_OF_STAGE.SETTLEMENT || found?.live !== 1)
    throw new Error(`${code} has ${found?.settled} settlements and ${found?.live} live certificates`);
}

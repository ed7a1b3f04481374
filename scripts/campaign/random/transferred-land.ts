import type { SeededFamily } from "../../../subgraphs/_shared/demo/population.ts";
import { type LegalDay, legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import { landHoldings } from "../../../subgraphs/land/demo-holdings.ts";
import type { GraphClient } from "../graph-client.ts";

/** Obligations of the tax office's notice, in dong. */
const AMOUNTS = [5_000_000, 20_000_000];
const OBLIGE = `mutation ($input: LandObligationInput!, $key: String!) {
  enterLandObligation(input: $input, idempotencyKey: $key) { problems { code } } }`;

/** Acts that a granted stage of a transfer enters in the land register; the obligations are entered before the grant. */
export const ACTS_OF_STAGE: Readonly<Record<string, number>> = { OBLIGATION: 0, SETTLEMENT: AMOUNTS.length };

/** Gift of the first couple's land, of those that have some, to the next couple's mother. */
export function giftOfLand(couples: readonly SeededFamily[], office: string, today: LegalDay) {
  const place = couples.findIndex((couple) => landHoldings(couple) !== null);
  const [giver, receiver] = [couples[place], couples[(place + 1) % couples.length]];
  const land = giver && landHoldings(giver);
  if (!land || !receiver || receiver === giver) throw new Error("None of the couples has land to give");
  const from = land.holders.map((who) => ({ fullName: giver[who].fullName, personalId: giver[who].personalId }));
  const { fullName, personalId } = receiver.mother;
  return {
    ...{ office, channel: "DESK", handover: { method: "DESK" } },
    declarant: { ...from[0], phone: "0912345678" },
    contract: { kind: "GIFT", number: "01/2026", signedOn: today, notary: "Văn phòng công chứng mẫu" },
    ...{ land: { certificate: land.certificateSerial, parcel: land.parcelId }, from },
    to: [{ fullName, personalId, share: { numerator: 1, denominator: 1 } }],
  };
}

/**
 * Facts of an officer's grant of a stage: the blank of the certificate. Before the grant of the obligations the officer
 * enters them. A repeated act has the same key.
 */
export async function factsOfStage(
  { key, id, parcel }: { key: string; id: string; parcel: string | null },
  officer: GraphClient,
): Promise<object> {
  if (key === "CERTIFICATE") return { serial: blankOf(id), bookNumber: "CS 0001" };
  if (key !== "OBLIGATION") return {};
  for (const [place, amountVnd] of AMOUNTS.entries()) {
    const input = {
      kind: "REGISTRATION_FEE",
      parcel,
      debtor: DEBTOR,
      amountVnd,
      dueOn: legalDayOf(new Date()),
      ground: "TB-01",
    };
    await officer.ask(OBLIGE, { input, key: `oblige-${id}-${place}` });
  }
  return {};
}

/** A number of nobody who is seeded. */
const DEBTOR = "093195900077";

/** Serial of a blank that no other part has. */
function blankOf(partId: string): string {
  const number = Number.parseInt(partId.replaceAll("-", "").slice(-8), 16) % 100_000_000;
  return `ZX ${String(number).padStart(8, "0")}`;
}

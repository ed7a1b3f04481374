import { DEFAULT_COMMUNE, type FamilyInput } from "../../subgraphs/_shared/demo/population.ts";
import type { LegalDay } from "../../subgraphs/_shared/reference/days.ts";
import type { DemoClient } from "./demo-client.ts";

const CHECK = `query ($input: LandTransferBundleInput!) { checkLandTransferBundle(input: $input) { ready } }`;
const LAND = `query ($holder: PersonalId!) { citizen(personalId: $holder) {
  landCertificates { serial parcel { id } holders { fullName citizen { personalId } } } } }`;
/** Most families that are tried. Every third one has land, and some of it is mortgaged. */
const TRIES = 60;

type Certificate = {
  serial: string;
  parcel: { id: string };
  holders: { fullName: string | null; citizen: { personalId: string } }[];
};

/** Gift of all of a parcel by its holders to the mother of another family. */
function giftOfLand({ serial, parcel, holders }: Certificate, { mother }: FamilyInput, today: LegalDay) {
  const from = holders.map(({ fullName, citizen: { personalId } }) => ({ fullName: fullName ?? "", personalId }));
  const { fullName, personalId } = mother;
  return {
    ...{ office: DEFAULT_COMMUNE, channel: "DESK", handover: { method: "DESK" } },
    declarant: { ...from[0], phone: "0912345678" },
    contract: { kind: "GIFT", number: "01/2026", signedOn: today, notary: "Văn phòng công chứng mẫu" },
    ...{ land: { certificate: serial, parcel: parcel.id }, from },
    to: [{ fullName, personalId, share: { numerator: 1, denominator: 1 } }],
  };
}

/** Request for the transfer of land that the register would accept; after many tries of any land. @throws if no family has land */
export async function landToTransfer(client: DemoClient, someFamily: () => Promise<FamilyInput>, today: LegalDay) {
  let last: ReturnType<typeof giftOfLand> | undefined;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const { mother, father } = await someFamily();
    const [certificate] = (await Promise.all([mother, father].map((each) => certificatesOf(client, each)))).flat();
    if (!certificate) continue;
    last = giftOfLand(certificate, await someFamily(), today);
    const { ready } = await client.ask<{ ready: boolean }>("clerk", CHECK, { input: last });
    if (ready) return last;
  }
  if (last) return last;
  throw new Error("The demo population has no land");
}

async function certificatesOf(
  client: DemoClient,
  { personalId: holder }: { personalId: string },
): Promise<Certificate[]> {
  type Holder = { landCertificates: Certificate[] | null };
  const { landCertificates } = await client.ask<Holder>("clerk", LAND, { holder });
  return landCertificates ?? [];
}

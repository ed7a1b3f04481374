import { definition } from "../../subgraphs/land/subgraph.ts";
import type { ServedAgency } from "../health-insurance/served-agency.ts";
import { everyGrantIsEnteredAgain, type GrantedPart, grantedPart, type Story } from "../kit/entered-again.ts";
import { AN, aBlank, anObligation, BINH, COMMUNE, landOfficer } from "../land/land-acts.ts";

const named = ({ fullName, personalId }: typeof AN) => ({ fullName, personalId });

/** A parcel as a bundle names it, with the code of its first certificate. */
async function aParcel(agency: ServedAgency) {
  const { registered, parcel } = landOfficer(() => agency);
  const code = await registered();
  const { certificate } = await parcel(code, "certificate { serial }");
  return { certificate: certificate.serial as string, parcel: code };
}

const transfer = (land: object): GrantedPart => ({
  procedure: "1.013831",
  content: {
    contract: { kind: "TRANSFER", number: "01/2026", signedOn: "2026-01-05" },
    ...{ land, from: [named(AN)], to: [BINH] },
  },
});

async function transferred(agency: ServedAgency) {
  const land = await aParcel(agency);
  await grantedPart(agency, definition, transfer(land));
  return land;
}

/** A transferred parcel whose new holder owes a tax. */
async function indebted(agency: ServedAgency) {
  const land = await transferred(agency);
  await landOfficer(() => agency).done("enterLandObligation", anObligation(land.parcel));
  return land;
}

const stories: Record<string, Story> = {
  "a transfer of a bundle": async (agency) => transfer(await aParcel(agency)),
  "a transfer by its form": async (agency) => {
    const { certificate, parcel } = await aParcel(agency);
    const { sheetNumber, parcelNumber, areaM2 } = await landOfficer(() => agency).parcel(
      parcel,
      "sheetNumber parcelNumber areaM2",
    );
    return {
      procedure: "1.013831",
      content: {
        ...{ transferor: named(AN), transferee: named(BINH), certificate, case: "SALE", contractDate: "2026-01-05" },
        parcel: { commune: COMMUNE, sheet: sheetNumber, number: parcelNumber, areaM2 },
      },
    };
  },
  "the stage of the obligations": async (agency) => ({
    procedure: "land-obligation",
    content: { land: await indebted(agency) },
  }),
  "the settlement of a payment": async (agency) => {
    const land = await indebted(agency);
    const { payable } = await grantedPart(agency, definition, { procedure: "land-obligation", content: { land } });
    const payment = { state: "PAID", amountVnd: 20_000_000, receipt: "T-1" };
    return { procedure: "land-settlement", content: { land, payable: JSON.parse(payable ?? ""), payment } };
  },
  "the issue of a certificate": async (agency) => ({
    ...{ procedure: "land-certificate", content: { land: await transferred(agency) }, stated: aBlank() },
  }),
};

// an officer enters the obligations before the stage that states them
everyGrantIsEnteredAgain(definition, stories, {
  entersNothing: ["land-obligation"],
  followsNothing: ["the settlement of a payment"],
});

import { uuidv7 } from "uuidv7";
import { families, SEEDED_COMMUNES } from "../_shared/demo/population.ts";
import { COMMUNE_LIST } from "../_shared/reference/communes.ts";
import type { LegalDay } from "../_shared/reference/days.ts";
import { parseLandCertificateSerial } from "../_shared/reference/identifiers/land-certificate.ts";
import { insertMany } from "../_shared/registers/insert-many.ts";
import type { Tx } from "../_shared/serving/database.ts";
import type { Seed } from "../_shared/serving/subgraph.ts";
import { landHoldings } from "./demo-holdings.ts";
import { certificateHolders, certificates, certificateVersions, parcels, parcelVersions } from "./tables.ts";

/** The land of the synthetic population, entered once. */
async function seedLand(tx: Tx): Promise<void> {
  const [present] = await tx.select({ id: parcels.id }).from(parcels).limit(1);
  if (present) return; // a database of before seeds were recorded
  const owned = SEEDED_COMMUNES.flatMap((commune) => families(commune)).flatMap((family) => {
    const land = landHoldings(family);
    return land ? [{ family, land, id: uuidv7() }] : [];
  });
  const entered = (issuedOn: string) => ({ validFrom: issuedOn as LegalDay, recordedBy: "seed", ground: "seed" });
  await insertMany(
    tx,
    parcels,
    owned.map(({ land }) => ({ id: land.parcelId })),
  );
  await insertMany(
    tx,
    parcelVersions,
    owned.map(({ land }) => ({
      ...entered(land.issuedOn),
      ...land,
      communeList: COMMUNE_LIST,
      communeCode: land.commune,
    })),
  );
  await insertMany(
    tx,
    certificates,
    owned.map(({ id, land }) => ({ id, serial: officialSerial(land.certificateSerial), parcelId: land.parcelId })),
  );
  await insertMany(
    tx,
    certificateVersions,
    owned.map(({ id, land }) => ({
      ...entered(land.issuedOn),
      certificateId: id,
      issuedOn: land.issuedOn as LegalDay,
    })),
  );
  await insertMany(
    tx,
    certificateHolders,
    owned.flatMap(({ id, land, family }) =>
      land.holders.map((who) => ({ certificateId: id, version: 1, personalId: family[who].personalId })),
    ),
  );
}

/** With the blank between letters and digits, as certificates show it and the register keeps it. */
function officialSerial(raw: string): string {
  const parsed = parseLandCertificateSerial(raw);
  if (!parsed.ok) throw new Error(`The population has a malformed certificate serial: ${parsed.fault.code}`);
  return parsed.value;
}

/** Synthetic entries of the demo, in order. */
export const seeds: readonly Seed[] = [{ name: "land-holdings", apply: seedLand }];

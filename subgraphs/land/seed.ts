import { uuidv7 } from "uuidv7";
import { families, SEEDED_COMMUNES } from "../_shared/demo/population.ts";
import { COMMUNE_LIST } from "../_shared/reference/communes.ts";
import type { LegalDay } from "../_shared/reference/days.ts";
import { parseLandCertificateSerial } from "../_shared/reference/identifiers/land-certificate.ts";
import { nameWords } from "../_shared/reference/name-words.ts";
import { insertMany } from "../_shared/registers/insert-many.ts";
import type { Tx } from "../_shared/serving/database.ts";
import type { Seed } from "../_shared/serving/subgraph.ts";
import type { ActKind } from "./acts/act-kinds.ts";
import { acts } from "./acts/tables.ts";
import { landHoldings } from "./demo-holdings.ts";
import { encumbrances } from "./encumbrances/tables.ts";
import { obligationSettlements, obligations } from "./obligations/tables.ts";
import {
  actParcels,
  certificateHolders,
  certificates,
  certificateVersions,
  parcels,
  parcelVersions,
} from "./tables.ts";

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
      termEndsOn: land.termEndsOn as LegalDay | null,
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
      bookNumber: `CS ${land.certificateSerial.slice(2)}`,
      shareTotal: land.holders.length,
    })),
  );
  await insertMany(
    tx,
    certificateHolders,
    owned.flatMap(({ id, land, family }) =>
      land.holders.map((who) => {
        const { personalId, fullName } = family[who];
        return { certificateId: id, version: 1, personalId, fullName, nameWords: nameWords(fullName), shares: 1 };
      }),
    ),
  );
}

/** With the blank between letters and digits, as certificates show it and the register keeps it. */
function officialSerial(raw: string): string {
  const parsed = parseLandCertificateSerial(raw);
  if (!parsed.ok) throw new Error(`The population has a malformed certificate serial: ${parsed.fault.code}`);
  return parsed.value;
}

/** Places, among the families with land, of one whose parcel is mortgaged and one that has paid for a change. */
const MORTGAGED = 2;
const CHARGED = 3;

/** A mortgage and a settled obligation, so that the demo shows both. */
async function seedActs(tx: Tx): Promise<void> {
  const owned = families().flatMap((family) => {
    const land = landHoldings(family);
    return land ? [{ land, debtor: family[land.holders[0] ?? "mother"].personalId }] : [];
  });
  const [mortgaged, charged] = [owned[MORTGAGED], owned[CHARGED]];
  if (!mortgaged || !charged) throw new Error("The population has too little land for the acts of the demo");
  const mortgage = await enterAct(tx, "MORTGAGE", mortgaged.land.parcelId, "Hợp đồng thế chấp mẫu số 01");
  await tx
    .insert(encumbrances)
    .values({ id: mortgage, parcelId: mortgaged.land.parcelId, kind: "MORTGAGE", party: "Ngân hàng mẫu" });
  const notice = await enterAct(tx, "ASSESSMENT", charged.land.parcelId, "Thông báo thuế mẫu số 01");
  const receipt = await enterAct(tx, "SETTLEMENT", charged.land.parcelId, "Giấy nộp tiền mẫu số 01");
  await tx.insert(obligations).values({
    ...{ id: notice, parcelId: charged.land.parcelId, debtor: charged.debtor },
    ...{ kind: "REGISTRATION_FEE", amount: 500_000, dueOn: SEEDED_ON },
  });
  await tx.insert(obligationSettlements).values({ obligationId: notice, actId: receipt, outcome: "PAID" });
}

const SEEDED_ON = "2026-01-15" as LegalDay;

async function enterAct(tx: Tx, kind: ActKind, parcelId: string, ground: string): Promise<string> {
  const id = uuidv7();
  const act = { id, kind, owner: "seed", role: "seed", idempotencyKey: ground, bodyHash: "seed", ground };
  await tx.insert(acts).values({ ...act, effectiveOn: SEEDED_ON });
  await tx.insert(actParcels).values({ actId: id, parcelId });
  return id;
}

/** Synthetic entries of the demo, in order. */
export const seeds: readonly Seed[] = [
  { name: "land-holdings", apply: seedLand },
  { name: "land-acts", apply: seedActs },
];

import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { definition } from "../../subgraphs/land/subgraph.ts";
import { type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aMortgage, aNewParcel, BINH, landOfficer } from "./land-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { done, registered } = landOfficer(() => agency);

/** Runs SQL as one transaction. @returns the name of the constraint that refuses it; undefined if none does */
async function refusal(statements: string): Promise<string | undefined> {
  const running = agency.sql.begin((sql) => sql.unsafe(statements));
  return running.then(
    () => undefined,
    (error: { constraint_name?: string; message: string }) => error.constraint_name ?? error.message,
  );
}

const certificateOf = async (code: string) => {
  const [found] = await agency.sql`select certificate_id, version from live_certificates where parcel_id = ${code}`;
  return found as { certificate_id: string; version: number };
};

const nextVersion = (id: string, version: number, state: string, total: number) => `
  insert into certificate_versions (certificate_id, version, valid_from, recorded_by, ground, issued_on, state, share_total)
  values ('${id}', ${version}, '2026-11-01', 'test', 'test', '2026-11-01', '${state}', ${total});`;
const holder = (id: string, version: number, personalId: string, shares: number) =>
  `insert into certificate_holders (certificate_id, version, personal_id, shares) values ('${id}', ${version}, '${personalId}', ${shares});`;
const newCertificate = (id: string, code: string) =>
  `insert into certificates values ('${id}', 'ZY ${String(Math.floor(Math.random() * 1e8)).padStart(8, "0")}', '${code}');`;
const endOfParcel = (code: string, act: string) => `
  insert into parcel_versions (parcel_id, version, valid_from, recorded_by, ground, commune_list, commune_code, sheet_no,
    parcel_no, area_m2, purpose, state, act_id)
  select parcel_id, version + 1, '2026-11-01', 'test', 'test', commune_list, commune_code, sheet_no, parcel_no, area_m2,
    purpose, 'SPLIT', '${act}' from parcel_versions where parcel_id = '${code}';`;

describe("what the database of the land register refuses, whoever asks", () => {
  test("a second live certificate of a parcel is refused", async () => {
    const code = await registered();
    const id = uuidv7();
    const second = newCertificate(id, code) + nextVersion(id, 1, "LIVE", 1) + holder(id, 1, BINH.personalId, 1);
    expect(await refusal(second)).toBe("live_certificates_pkey");
  });

  test.each([
    ["less", 1],
    ["more", 3],
  ])("shares that add up to %s than the whole are refused at the end of the transaction", async (_, shares) => {
    const { certificate_id: id } = await certificateOf(await registered());
    expect(await refusal(nextVersion(id, 2, "LIVE", 2) + holder(id, 2, BINH.personalId, shares))).toBe(
      "certificate_shares_whole",
    );
  });

  test("a holder who is added to a version later is refused", async () => {
    const { certificate_id: id } = await certificateOf(await registered());
    expect(await refusal(holder(id, 1, BINH.personalId, 1))).toBe("certificate_shares_whole");
  });

  test.each(["MORTGAGE", "DISPUTE", "BLOCK"])(
    "a %s refuses other holders, and an end without a successor",
    async (kind) => {
      const code = await registered();
      await done("encumberLand", aMortgage(code, { kind }));
      const { certificate_id: id } = await certificateOf(code);
      expect(await refusal(nextVersion(id, 2, "LIVE", 1) + holder(id, 2, BINH.personalId, 1))).toBe(
        "parcel_encumbered",
      );
      expect(await refusal(nextVersion(id, 2, "ENDED", 0))).toBe("parcel_encumbered");
      const other = uuidv7();
      const sold =
        newCertificate(other, code) + nextVersion(other, 1, "LIVE", 1) + holder(other, 1, BINH.personalId, 1);
      expect(await refusal(nextVersion(id, 2, "ENDED", 0) + sold)).toBe("parcel_encumbered");
    },
  );

  test("an encumbered parcel does not end, and none does while its certificate is in force or without a successor", async () => {
    const [mortgaged, free] = [await registered(), await registered()];
    const act = await done("encumberLand", aMortgage(mortgaged));
    expect(await refusal(endOfParcel(mortgaged, act))).toBe("parcel_encumbered");
    expect(await refusal(endOfParcel(free, act))).toBe("live_certificates_parcel_id_live_parcels_parcel_id_fk");
    const { certificate_id: id } = await certificateOf(free);
    expect(await refusal(nextVersion(id, 2, "ENDED", 0) + endOfParcel(free, act))).toBe("parcel_area_conserved");
  });

  test("parcels of another area than the parcel of which they are made are refused", async () => {
    const code = await registered();
    const { certificate_id: id } = await certificateOf(code);
    const act = await done("encumberLand", aMortgage(await registered()));
    const { code: child, parcelNumber } = aNewParcel();
    const made = `insert into parcels values ('${child}');
      insert into parcel_versions (parcel_id, valid_from, recorded_by, ground, commune_list, commune_code, sheet_no, parcel_no,
        area_m2, purpose, act_id)
      values ('${child}', '2026-11-01', 'test', 'test', '2025-07-01', '31471', 9000, ${parcelNumber}, 100.4, 'ONT', '${act}');
      insert into parcel_ancestry values ('${child}', '${code}', '${act}');`;
    expect(await refusal(nextVersion(id, 2, "ENDED", 0) + endOfParcel(code, act) + made)).toBe("parcel_area_conserved");
    const orphan = made.replace("100.4", "100.5").replace(/insert into parcel_ancestry.*/, "");
    expect(await refusal(nextVersion(id, 2, "ENDED", 0) + endOfParcel(code, act) + orphan)).toBe(
      "parcel_ancestry_kept",
    );
  });

  test("a version that does not follow the one in force is refused", async () => {
    const code = await registered();
    const { certificate_id: id } = await certificateOf(code);
    expect(await refusal(nextVersion(id, 3, "LIVE", 1) + holder(id, 3, BINH.personalId, 1))).toBe(
      "certificate_versions_in_order",
    );
    const act = await done("encumberLand", aMortgage(await registered()));
    const skipped = endOfParcel(code, act).replace("version + 1", "version + 2");
    expect(await refusal(skipped)).toBe("parcel_versions_in_order");
  });

  test.each(["live_parcels", "live_certificates"])("the table %s follows from versions alone", async (table) => {
    for (const change of [`delete from ${table}`, `update ${table} set version = version`, `truncate ${table} cascade`])
      expect(await refusal(change)).toContain("follows from versions");
  });

  test.each([
    "acts",
    "act_parcels",
    "parcel_ancestry",
    "encumbrances",
    "encumbrance_ends",
    "obligations",
    "obligation_settlements",
  ])("the land table %s is append-only", async (table) => {
    expect(await refusal(`delete from ${table}`)).toContain("is append-only");
  });

  test("an ended parcel is not encumbered", async () => {
    const code = await registered();
    const into = [aNewParcel({ areaM2: 50 }), aNewParcel({ areaM2: 50.5 })];
    const act = await done("splitLandParcel", { parcel: code, into, ground: "Mẫu" });
    const encumbrance = `insert into encumbrances values ('${act}', '${code}', 'BLOCK', 'Cơ quan mẫu')`;
    expect(await refusal(encumbrance)).toBe("encumbrance_of_live_parcel");
  });
});

import { asc, gt, inArray } from "drizzle-orm";
import * as z from "zod";
import { COMMUNE_LIST, commune } from "../../_shared/reference/communes.ts";
import { parseByPattern } from "../../_shared/reference/identifiers/parsed.ts";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import { readFields, text } from "../../_shared/transfer/record-fields.ts";
import type { TransferKind } from "../../_shared/transfer/transfer-kind.ts";
import { careFacilities } from "../tables.ts";
import { facilityCodeMalformed, facilityCommuneUnknown } from "./errors.ts";

type FacilityRow = { code: string; name: string; commune: string };

const LONGEST_NAME = 200;
const fields = z.strictObject({ code: text, name: text, commune: text });
const columns = { code: careFacilities.code, name: careFacilities.name, commune: careFacilities.communeCode };

/** Facilities of first medical care, which cards refer to. */
export const facilityRecords: TransferKind<FacilityRow> = {
  name: "FACILITY",
  columns: { code: "Mã cơ sở", name: "Tên cơ sở", commune: "Mã xã" },
  keyColumns: ["code"],
  citizensOf: () => [],
  async page(tx, after, size) {
    const rows = await tx
      .select(columns)
      .from(careFacilities)
      .where(after === null ? undefined : gt(careFacilities.code, after))
      .orderBy(asc(careFacilities.code))
      .limit(size);
    return { rows, next: rows.length < size ? null : (rows.at(-1)?.code ?? null) };
  },
  importing: {
    changed: ["care_facilities.*"],
    read(raw, _today, problems) {
      const read = readFields(fields, raw, problems);
      if (!read) return undefined;
      const code = problems.take(["code"], parseByPattern<string>(read.code, /^\d{5}$/, facilityCodeMalformed()));
      const name = problems.take(["name"], parseFreeText(read.name, LONGEST_NAME));
      if (!commune(read.commune)) problems.add(["commune"], facilityCommuneUnknown());
      return code && name ? { code, name, commune: read.commune } : undefined;
    },
    keyOf: ({ code }) => code,
    stored: (tx, keys) =>
      tx
        .select(columns)
        .from(careFacilities)
        .where(inArray(careFacilities.code, [...keys])),
    examine: async () => {},
    enter: (tx, rows) =>
      insertMany(
        tx,
        careFacilities,
        rows.map(({ code, name, commune: communeCode }) => ({ code, name, communeList: COMMUNE_LIST, communeCode })),
      ),
  },
};

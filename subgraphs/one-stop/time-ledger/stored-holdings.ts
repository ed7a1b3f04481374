import { customType } from "drizzle-orm/pg-core";
import { packJson, unpackJson } from "../../_shared/registers/packed-json.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { Holder, Holding } from "./holdings.ts";

/**
 * A holding as it is stored: milliseconds since the previous one (the first: since 1970), holder, agency, and the officer's id and
 * name. What comes after the last value is null.
 */
type StoredHolding = [
  ms: number,
  holder?: Holder | null,
  agency?: AgencyCode | null,
  officerId?: string,
  officerName?: string,
];

/** Packed holdings, a tenth of the size of the objects, of which every dossier keeps some for ever. */
export function packHoldings(holdings: readonly Holding[]): Buffer {
  let before = 0;
  return packJson(
    holdings.map(({ at, holder, agency, officer }): StoredHolding => {
      const ms = Date.parse(at) - before;
      before += ms;
      if (officer) return [ms, holder, agency, officer.id, officer.name];
      if (agency) return [ms, holder, agency];
      return holder ? [ms, holder] : [ms];
    }),
  );
}

export function unpackHoldings(packed: Uint8Array): Holding[] {
  let at = 0;
  const stored = unpackJson(packed) as StoredHolding[]; // only `packHoldings` and the migrations write the column
  return stored.map(([ms, holder = null, agency = null, id, name = ""]) => {
    at += ms;
    return { at: new Date(at).toISOString(), holder, agency, officer: id === undefined ? null : { id, name } };
  });
}

export const holdingsColumn = customType<{ data: readonly Holding[]; driverData: Uint8Array }>({
  dataType: () => "bytea",
  toDriver: packHoldings,
  fromDriver: unpackHoldings,
});

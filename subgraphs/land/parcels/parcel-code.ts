import { type Brand, type Parsed, parseByPattern } from "../../_shared/reference/identifiers/parsed.ts";
import { parcelCodeMalformed } from "../errors.ts";

/** Parcel identifier (mã định danh thửa đất): 12 characters of a GeoHash in Viet Nam; Circular 09/2024/TT-BTNMT. */
export type ParcelCode = Brand<string, "ParcelCode">;

/** Reads a parcel code. Fault: PARCEL_CODE_MALFORMED. */
export function parseParcelCode(raw: string): Parsed<ParcelCode> {
  return parseByPattern<ParcelCode>(raw, /^w[0-9b-hjkmnp-z]{11}$/, parcelCodeMalformed());
}

import { accepted, type Brand, type Fault, type Parsed, refused } from "./parsed.ts";

/** Identifier of a land parcel (mã định danh thửa đất): the 12-character GeoHash of a point on it; TT 09/2024/TT-BTNMT. */
export type LandParcelId = Brand<string, "LandParcelId">;

const malformed: Fault = {
  code: "LAND_PARCEL_MALFORMED",
  message: "Mã định danh thửa đất phải gồm 12 ký tự là chữ số hoặc chữ thường, không có các chữ a, i, l, o",
  messageEn: "A parcel identifier has 12 characters, digits or lower-case letters without a, i, l and o",
};

const abroad: Fault = {
  code: "LAND_PARCEL_OUTSIDE_VIETNAM",
  message: "Mã định danh thửa đất ở Việt Nam luôn bắt đầu bằng chữ w; hãy kiểm tra lại ký tự đầu",
  messageEn: "Parcels in Viet Nam begin with w; check the first character",
};

/** Reads a parcel identifier. Fault: LAND_PARCEL_MALFORMED. Warning: LAND_PARCEL_OUTSIDE_VIETNAM (all of Viet Nam lies in cell w). */
export function parseLandParcelId(raw: string): Parsed<LandParcelId> {
  if (!/^[0-9b-hjkmnp-z]{12}$/.test(raw)) return refused(malformed);
  return accepted(raw as LandParcelId, ...(raw.startsWith("w") ? [] : [abroad]));
}

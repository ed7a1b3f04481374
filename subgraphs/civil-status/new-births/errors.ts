import { fault } from "../../_shared/reference/identifiers/parsed.ts";

/** Problems of the registration of a birth by an act, each with its remedy. */

export const parentRequired = () =>
  fault(
    "PARENT_REQUIRED",
    "Cần khai mẹ hoặc cha của trẻ; nếu trẻ bị bỏ rơi, cần biên bản về việc trẻ bị bỏ rơi (Nghị định 123/2015/NĐ-CP, Điều 14)",
    "Name the mother or the father; for a foundling give the record of the finding (Decree 123/2015/NĐ-CP, art. 14)",
  );
export const placeUnclear = () =>
  fault(
    "PLACE_OF_BIRTH_AMBIGUOUS",
    "Trẻ sinh tại Việt Nam thì ghi mã xã, phường; trẻ sinh ở nước ngoài thì chỉ ghi mã nước",
    "Give the commune of a birth in Viet Nam, or the country of a birth abroad alone",
  );
export const parentNotNamed = () =>
  fault(
    "PARENT_NOT_NAMED",
    "Người được nhận là cha hoặc mẹ phải được ghi trong nội dung khai sinh; đề nghị khai người này",
    "The parent who is recognised is named in the birth; state his or her facts",
  );
export const citizenIdMalformed = () =>
  fault(
    "CITIZEN_ID_MALFORMED",
    "Mã công dân không đúng dạng; đề nghị tra cứu công dân theo số định danh",
    "This is no id of a citizen; look the citizen up by the personal number",
  );
export const yearContradictsNumber = () =>
  fault(
    "PERSONAL_ID_YEAR_MISMATCH",
    "Năm sinh không khớp với số định danh cá nhân; đề nghị kiểm tra lại cả hai",
    "The year of birth contradicts the personal number; check both",
  );
export const birthOfPersonRegistered = () =>
  fault(
    "CHILD_ALREADY_REGISTERED",
    "Khai sinh của công dân này đã có trong sổ hộ tịch; đề nghị tra cứu, hoặc cải chính nếu có sai sót",
    "The birth of this citizen is registered already; look it up, or have it corrected",
  );
export const likenessNotCompared = (ids: readonly string[]) =>
  fault(
    "LIKENESS_NOT_COMPARED",
    `Sổ hộ tịch có khai sinh có thể của cùng một trẻ (${ids.join(", ")}); đề nghị đối chiếu và ghi các mã này nếu là trẻ khác`,
    `The register has births that may be the same child (${ids.join(", ")}); compare them, and state their ids if the child is another one`,
  );

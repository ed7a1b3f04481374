import * as z from "zod";
import { type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import { parseHealthCardNumber } from "../../_shared/reference/identifiers/health-card.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { type PartialDate, parsePartialDate } from "../../_shared/reference/partial-dates.ts";
import { parsePersonName } from "../../_shared/reference/person-names.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { optionalText, readFields, text } from "../../_shared/transfer/record-fields.ts";
import { cardEndsBefore, closedCardNeedsEnd } from "./errors.ts";

/** A card as files have it. */
export type CardRow = {
  number: string;
  personalId: string;
  guardians: string[];
  holderName: string | null;
  holderDateOfBirth: PartialDate | null;
  facility: string;
  validFrom: LegalDay;
  validTo: LegalDay | null;
  closedOn: LegalDay | null;
};

const fields = z.strictObject({
  ...{ number: text, personalId: text, guardians: z.array(text).max(4).nullish() },
  ...{ holderName: optionalText, holderDateOfBirth: optionalText, facility: text },
  ...{ validFrom: text, validTo: optionalText, closedOn: optionalText },
});
type RawCard = z.infer<typeof fields>;

export const CARD_COLUMNS = {
  number: "Mã thẻ",
  personalId: "Số định danh cá nhân",
  "guardians[]": "Số định danh của cha, mẹ",
  holderName: "Họ, chữ đệm, tên trên thẻ",
  holderDateOfBirth: "Ngày sinh trên thẻ",
  facility: "Nơi khám chữa bệnh ban đầu (mã cơ sở)",
  validFrom: "Giá trị từ ngày",
  validTo: "Giá trị đến ngày",
  closedOn: "Ngày khóa thẻ",
};

/** The card of a record; undefined, with all problems, if it cannot be one. */
export function readCard(raw: object, _today: LegalDay, problems: Problems): CardRow | undefined {
  const read = readFields(fields, raw, problems);
  if (!read) return undefined;
  const number = problems.take(["number"], parseHealthCardNumber(read.number));
  const personalId = problems.take(["personalId"], parsePersonalId(read.personalId));
  const guardians = (read.guardians ?? []).flatMap(
    (each, place) => problems.take(["guardians", place], parsePersonalId(each)) ?? [],
  );
  const term = readTerm(read, problems);
  const holder = {
    holderName:
      read.holderName === null
        ? null
        : (problems.take(["holderName"], parsePersonName(read.holderName, "FOREIGNER")) ?? null),
    holderDateOfBirth:
      read.holderDateOfBirth === null
        ? null
        : (problems.take(["holderDateOfBirth"], parsePartialDate(read.holderDateOfBirth)) ?? null),
  };
  if (!number || !personalId || !term) return undefined;
  return { number, personalId, guardians, ...holder, facility: read.facility, ...term };
}

function readTerm(read: RawCard, problems: Problems) {
  const day = (name: "validTo" | "closedOn") => {
    const raw = read[name];
    return raw === null ? null : (problems.take([name], parseLegalDay(raw)) ?? null);
  };
  const validFrom = problems.take(["validFrom"], parseLegalDay(read.validFrom));
  const term = { validTo: day("validTo"), closedOn: day("closedOn") };
  if (validFrom && term.validTo && term.validTo < validFrom) problems.add(["validTo"], cardEndsBefore());
  if (term.closedOn && !term.validTo) problems.add(["validTo"], closedCardNeedsEnd());
  return validFrom && { validFrom, ...term };
}

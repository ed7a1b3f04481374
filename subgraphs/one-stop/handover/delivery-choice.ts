import { fault } from "../../_shared/reference/identifiers/parsed.ts";
import { parsePhone } from "../../_shared/reference/identifiers/phone.ts";
import { parsePersonName } from "../../_shared/reference/person-names.ts";
import type { Application, DeliveryAddress, HandoverMethod } from "../acceptance/application.ts";
import { takeAddress } from "../acceptance/input-values.ts";
import { copiesImpossible, type Problems } from "../acceptance/problems.ts";
import { STAND_IN } from "../acceptance/stand-ins.ts";
import type { DeliveryAddressInput } from "./input.ts";

type ChoiceInput = { method: HandoverMethod; paperCopies?: number | null; address?: DeliveryAddressInput | null };
type Declarant = { fullName: string; phone: string | null };

const MOST_PAPER_COPIES = 50;

const addressRequired = () =>
  fault(
    "DELIVERY_ADDRESS_REQUIRED",
    "Đề nghị ghi địa chỉ nhận kết quả qua dịch vụ bưu chính",
    "Delivery by post needs an address; give handover.address",
  );
const phoneRequired = () =>
  fault(
    "DELIVERY_PHONE_REQUIRED",
    "Đề nghị ghi số điện thoại để nhân viên bưu chính liên hệ khi giao kết quả",
    "The postal carrier needs a phone number; give handover.address.phone or declarant.phone",
  );

/** Reads how the applicant wants the results: electronically, at the desk, or by post to an address. */
export function takeHandover(input: ChoiceInput, declarant: Declarant, problems: Problems): Application["handover"] {
  const { method } = input;
  const paperCopies = input.paperCopies ?? 0;
  const isPossible = paperCopies >= 0 && paperCopies <= MOST_PAPER_COPIES;
  if (!isPossible) problems.add(["handover", "paperCopies"], copiesImpossible());
  if (method === "POST" && !input.address) problems.add(["handover", "address"], addressRequired());
  return {
    method,
    paperCopies,
    address: input.address ? takeDeliveryAddress(input.address, declarant, problems) : null,
  };
}

function takeDeliveryAddress(input: DeliveryAddressInput, declarant: Declarant, problems: Problems): DeliveryAddress {
  const at = (name: string) => ["handover", "address", name];
  const { recipient } = input;
  const phone = input.phone ? problems.take(at("phone"), parsePhone(input.phone), null) : declarant.phone;
  if (!input.phone && !declarant.phone) problems.add(at("phone"), phoneRequired());
  return {
    recipient: recipient
      ? problems.take(at("recipient"), parsePersonName(recipient, "FOREIGNER"), STAND_IN.name)
      : declarant.fullName,
    phone,
    ...takeAddress(input, ["handover", "address"], problems),
  };
}

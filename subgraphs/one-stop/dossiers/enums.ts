import { registerEnumType } from "type-graphql";
import { type AgencyCode as AgencyName, subgraphs } from "../../agency-registry.ts";
import type { DeliveryState, DossierState, Outcome, StepState } from "../saga/state.ts";

type Described<T extends string> = Record<T, string>;

/** Registers an enum whose values are its names, each with its description. @returns the runtime object type-graphql wants */
export function describedEnum<T extends string>(name: string, description: string, values: Described<T>): Record<T, T> {
  const names = Object.keys(values) as T[]; // the keys of a record are exactly its key type
  const object = Object.fromEntries(names.map((value) => [value, value])) as Record<T, T>;
  const valuesConfig = Object.fromEntries(names.map((value) => [value, { description: values[value] }]));
  registerEnumType(object, { name, description, valuesConfig: valuesConfig as never });
  return object;
}

const dossierStates: Described<DossierState> = {
  RECEIVED: "Received (được tiếp nhận).",
  IN_PROGRESS: "The agencies are at work (đang xử lý).",
  AWAITING_CITIZEN: "Papers are missing (yêu cầu bổ sung giấy tờ).",
  AWAITING_PAYMENT: "A fee is due (yêu cầu thực hiện nghĩa vụ tài chính).",
  COMPLETED: "Every agency has decided (đã xử lý xong).",
  RETURNED: "The result was handed over (đã trả kết quả).",
  NOT_ACCEPTED: "Not accepted at the desk (không được tiếp nhận).",
  WITHDRAWN: "Withdrawn by the citizen (công dân yêu cầu rút hồ sơ).",
  STOPPED: "Stopped (dừng xử lý).",
};
export const DossierStateEnum = describedEnum(
  "DossierState",
  "State of a dossier (trạng thái hồ sơ); Circular 03/2025/TT-VPCP.",
  dossierStates,
);

export const OutcomeEnum = describedEnum<Outcome>(
  "DossierOutcome",
  "What became of a completed dossier (kết quả giải quyết).",
  {
    GRANTED: "Every part was granted (được giải quyết).",
    PARTLY_GRANTED: "Some parts were granted (được giải quyết một phần).",
    REFUSED: "No part was granted (bị từ chối).",
  },
);

const partStates: Described<StepState> = {
  BLOCKED: "Waits for another part (chờ phần việc trước).",
  READY: "Ready to be sent to its agency (chờ gửi).",
  SENT: "Sent, the agency has not answered yet (đã gửi).",
  PROCESSING: "An officer of the agency decides (đang xử lý).",
  SUPPLEMENT_NEEDED: "The agency asks for papers (yêu cầu bổ sung).",
  GRANTED: "Granted and registered (đã giải quyết).",
  REFUSED: "Refused with reason and legal basis (từ chối).",
  CANCELLED: "Cancelled (đã hủy).",
  NOT_APPLICABLE: "Nothing to decide: what it needs was refused (không áp dụng).",
};
export const PartStateEnum = describedEnum(
  "PartState",
  "State of one part of a dossier (trạng thái phần việc).",
  partStates,
);

export const HistoryStateEnum = describedEnum<DossierState | StepState>(
  "HistoryState",
  "A state a dossier or one of its steps reached (trạng thái trong lịch sử xử lý).",
  { ...dossierStates, ...partStates },
);

export const DeliveryStateEnum = describedEnum<DeliveryState>(
  "DeliveryState",
  "What is known of the transport to the agency, apart from its decision (trạng thái chuyển hồ sơ).",
  {
    QUEUED: "Not at the agency (chờ chuyển).",
    SENT: "On its way (đang chuyển).",
    ACKNOWLEDGED: "The agency answered (đã nhận).",
    UNKNOWN: "It may have arrived; it is being asked again (chưa rõ).",
  },
);

export const ChannelEnum = describedEnum(
  "Channel",
  "How a dossier comes in or goes out (hình thức tiếp nhận, trả kết quả).",
  {
    DESK: "At the desk (trực tiếp).",
    ONLINE: "Online (trực tuyến).",
    POST: "By post (bưu chính công ích).",
  },
);

const agencies = Object.fromEntries(subgraphs.map((s) => [s.agency, `${s.en} (${s.vi}).`])) as Described<AgencyName>;
export const AgencyCodeEnum = describedEnum("AgencyCode", "The agencies of this graph (cơ quan).", agencies);

export const DossierOrderEnum = describedEnum("DossierOrder", "Order of a list of dossiers (thứ tự sắp xếp).", {
  DUE_AT_ASC: "First due first (hạn trả sớm nhất trước).",
  DUE_AT_DESC: "Last due first (hạn trả muộn nhất trước).",
  RECEIVED_AT_ASC: "Oldest first (tiếp nhận sớm nhất trước).",
  RECEIVED_AT_DESC: "Newest first (tiếp nhận muộn nhất trước).",
});

import { Directive, Field, ID, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { Problem } from "../../_shared/registers/problem-type.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { Dossier } from "../dossiers/types.ts";
import type { MessageChannel } from "./choices.ts";
import type { DeliveryState } from "./deliveries.ts";
import type { DeliveryChannel } from "./loaders.ts";
import type { MessageKind } from "./message-kinds.ts";
import type { UndeliveredRow } from "./undelivered.ts";

export const MessageKindEnum = describedEnum<MessageKind>("MessageKind", "What a message tells (nội dung thông báo).", {
  RECEIVED: "The dossier was received, with its due date (đã tiếp nhận).",
  PAYMENT_AWAITED: "The fee is to be paid before the work begins (chờ nộp phí, lệ phí).",
  PAYMENT_RECEIVED: "The fee was received (đã nộp phí, lệ phí).",
  CERTIFICATE_TO_CONFIRM: "The draft of the birth certificate is to be confirmed (xác nhận dự thảo giấy khai sinh).",
  SUPPLEMENT_ASKED: "Papers are needed (yêu cầu bổ sung).",
  SUPPLEMENT_REMINDER: "The term to hand papers in ends soon (sắp hết hạn bổ sung).",
  NEW_DATE: "Apology and new due date (xin lỗi và hẹn lại).",
  RESULT_READY: "The results are ready (đã có kết quả).",
  RESULT_PARTLY_READY: "A part of the results is ready (đã có một phần kết quả).",
  REFUSED: "The dossier was refused (từ chối giải quyết).",
  RETURNED: "The results were handed over (đã trả kết quả).",
  NOT_ACCEPTED: "The dossier was not accepted (không được tiếp nhận).",
  WITHDRAWN: "The dossier was withdrawn (đã rút).",
  EXPIRY_REMINDER: "The renewal of a paper or registration is due (nhắc giấy tờ sắp hết hạn).",
});

export const MessageChannelEnum = describedEnum<MessageChannel>(
  "MessageChannel",
  "Way by which messages reach a citizen (kênh nhận thông báo).",
  { EMAIL: "E-mail (thư điện tử).", SMS: "SMS to the phone (tin nhắn)." },
);

export type ChosenLanguage = "VI" | "EN";
export const ChosenLanguageEnum = describedEnum<ChosenLanguage>(
  "MessageLanguage",
  "Language of messages (ngôn ngữ thông báo).",
  { VI: "Vietnamese (tiếng Việt).", EN: "English (tiếng Anh)." },
);

@ObjectType({ description: "What a citizen has chosen about messages on dossiers (lựa chọn nhận thông báo)." })
export class MessageChoice {
  @Field(() => [MessageChannelEnum], { description: "Wanted channels (kênh nhận)." })
  channels!: MessageChannel[];
  @Field(() => ChosenLanguageEnum, { description: "Language (ngôn ngữ)." })
  language!: ChosenLanguage;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Time from which no messages are sent; null while they are wanted (ngừng nhận từ).",
  })
  stoppedAt!: Date | null;
}

@ObjectType({ description: "Result of a choice about messages (kết quả lựa chọn)." })
export class MessageChoiceAct {
  @Field(() => MessageChoice, {
    nullable: true,
    description: "The choice from now on; null if there are problems (lựa chọn).",
  })
  choice!: MessageChoice | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

const DeliveryChannelEnum = describedEnum<DeliveryChannel>(
  "MessageDeliveryChannel",
  "Channel of a delivery (kênh gửi).",
  {
    EMAIL: "E-mail (thư điện tử).",
    SMS: "SMS (tin nhắn).",
    FILE: "File for another system, which sends it (tệp cho hệ thống khác gửi).",
  },
);

const DeliveryStateEnum = describedEnum<DeliveryState>(
  "MessageDeliveryState",
  "State of a message's delivery (trạng thái gửi).",
  {
    WAITING: "It is to be sent (chờ gửi).",
    SENT: "The channel has accepted it (đã gửi).",
    UNDELIVERED: "Every channel has refused it (không gửi được).",
    STOPPED: "The declarant has stopped messages (người nộp đã ngừng nhận).",
    OUTDATED: "What it asks for is no longer awaited (không còn cần gửi).",
    NO_ADDRESS: "The declarant has no address for it (không có địa chỉ nhận).",
  },
);

@ObjectType({ description: "Delivery of a message by one route (lượt gửi thông báo)." })
export class MessageDelivery {
  @Field(() => DeliveryChannelEnum, { description: "Channel that is or was tried last (kênh gửi)." })
  channel!: DeliveryChannel;
  @Field(() => DeliveryStateEnum, { description: "State (trạng thái)." })
  state!: DeliveryState;
  @Field(() => DateTimeScalar, { nullable: true, description: "Time of its end; null while it waits (kết thúc lúc)." })
  endedAt!: Date | null;
}

@ObjectType({ description: "A message to the declarant of a dossier, without its text (thông báo cho người nộp)." })
export class DossierMessage {
  @Field(() => ID, { description: "Id, also at its receivers (mã)." })
  id!: string;
  @Field(() => MessageKindEnum, { description: "What it tells (nội dung)." })
  kind!: MessageKind;
  @Field(() => DateTimeScalar, { description: "Time of the change that it tells (thời điểm)." })
  at!: Date;
  @Directive("@listSize(assumedSize: 2)")
  @Field(() => [MessageDelivery], { description: "Its deliveries, one by each route (các lượt gửi)." })
  deliveries!: MessageDelivery[];
}

@ObjectType({ description: "Act by which an undelivered message was sent again (lần gửi lại)." })
export class MessageResend {
  @Field(() => DateTimeScalar, { description: "Time (thời điểm)." })
  at!: Date;
  @Field(() => String, { description: "Name of the officer (người gửi lại)." })
  by!: string;
}

@ObjectType({ description: "A message that did not reach its declarant (thông báo không gửi được)." })
export class UndeliveredMessage {
  @Field(() => ID, { description: "Id (mã)." })
  id!: UndeliveredRow["id"];
  @Field(() => DeliveryStateEnum, {
    description: "State: `UNDELIVERED`, or that of its delivery since it was sent again (trạng thái).",
  })
  state!: UndeliveredRow["state"];
  @Field(() => MessageKindEnum, { description: "What it was to tell (nội dung)." })
  kind!: UndeliveredRow["kind"];
  @Field(() => MessageChannelEnum, { description: "Channel that refused it last (kênh gửi)." })
  channel!: MessageChannel;
  @Field(() => String, {
    description: "Status code of the channel's server; empty once it is sent again (mã lỗi của máy chủ).",
  })
  reason!: string;
  @Field(() => String, { description: "What to do, in Vietnamese (cách xử lý đề nghị)." })
  remedy!: string;
  @Field(() => String, { description: "The same in English (bản tiếng Anh)." })
  remedyEn!: string;
  @Field(() => DateTimeScalar, {
    description: "Time of the last refusal; while it is sent again, of the act (thời điểm).",
  })
  at!: Date;
  @Field(() => Dossier, {
    nullable: true,
    description: "The dossier; NOT_FOUND outside the caller's reach (hồ sơ).",
  })
  dossier?: Dossier | null;
  @Directive("@listSize(assumedSize: 2)")
  @Field(() => [MessageResend], { description: "Acts by which it was sent again, the newest first (các lần gửi lại)." })
  resends?: MessageResend[];
  @Field(() => DateTimeScalar, { nullable: true, description: "Time of the settlement; null while open (xử lý lúc)." })
  settledAt!: UndeliveredRow["settledAt"];
  @Field(() => String, { nullable: true, description: "What was done about it (cách xử lý)." })
  settlement!: UndeliveredRow["settlement"];
}

@ObjectType({ description: "A page of undelivered messages, the oldest first (danh sách thông báo không gửi được)." })
export class UndeliveredMessageConnection {
  @Field(() => [UndeliveredMessage], { description: "The messages (các thông báo)." })
  nodes!: UndeliveredMessage[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

@ObjectType({ description: "Result of settling an undelivered message or of sending it again (kết quả xử lý)." })
export class UndeliveredMessageAct {
  @Field(() => UndeliveredMessage, {
    nullable: true,
    description: "The message after the act; null if there are problems (thông báo).",
  })
  message!: UndeliveredMessage | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@ObjectType({ description: "Result of stopping e-mail by a link (kết quả ngừng nhận thư)." })
export class UnsubscribeAct {
  @Field(() => [Problem], { description: "All problems; none if e-mail is stopped (các vướng mắc)." })
  problems!: Problem[];
}

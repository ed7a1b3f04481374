import { Field, ID, Int, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { ExistingDossier, Problem } from "../../_shared/registers/problem-type.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import type { AttemptFailure } from "./attempt.ts";
import type { WebhookRow } from "./change-deliveries.ts";
import type { WebhookDeliveryRow } from "./deliveries.ts";
import type { DeliveryKind, PauseReason, WebhookDeliveryState } from "./tables.ts";

export const WebhookPauseReasonEnum = describedEnum<PauseReason>(
  "WebhookPauseReason",
  "Reason of a webhook's pause (lý do tạm dừng).",
  {
    BY_HAND: "Somebody paused it (tạm dừng theo yêu cầu).",
    GONE: "The receiver answered 410 Gone (bên nhận báo không còn nhận).",
    FAILING: "Every attempt has failed for days (bên nhận lỗi liên tục nhiều ngày).",
  },
);

export type WebhookState = "ACTIVE" | "FAILING" | "PAUSED";
export const WebhookStateEnum = describedEnum<WebhookState>("WebhookState", "State of a webhook (trạng thái).", {
  ACTIVE: "The last attempt succeeded, or there was none (đang hoạt động).",
  FAILING: "The last attempt failed; deliveries are tried again (đang lỗi).",
  PAUSED: "Its deliveries wait until it is resumed (tạm dừng).",
});

export const WebhookEventKindEnum = describedEnum<DeliveryKind>(
  "WebhookEventKind",
  "Kind of a webhook's event (loại sự kiện).",
  {
    CHANGE: "A dossier has changed (hồ sơ thay đổi).",
    PING: "A test of the webhook (gửi thử).",
  },
);

export const WebhookDeliveryStateEnum = describedEnum<WebhookDeliveryState>(
  "WebhookDeliveryState",
  "State of a webhook's delivery (trạng thái gửi).",
  {
    PENDING: "To be attempted, for the first time or again (chờ gửi).",
    DELIVERED: "The receiver answered 2xx (đã gửi).",
    DEAD_LETTER: "The last attempt failed; it is made again by hand alone (không gửi được).",
  },
);

export const WebhookFailureEnum = describedEnum<AttemptFailure>(
  "WebhookFailure",
  "Reason for which an attempt to deliver failed (lý do không gửi được).",
  {
    ADDRESS_REFUSED: "The address is private or of another special range (địa chỉ nội bộ hoặc dành riêng).",
    NOT_CONNECTED: "No connection could be made: name, network or certificate (không kết nối được).",
    TIMEOUT: "The receiver did not answer in time (hết thời gian chờ).",
    NO_RESPONSE: "The connection broke, or the answer was not HTTP (không có phản hồi hợp lệ).",
    REDIRECT: "The receiver answered 3xx; redirects are not followed (bên nhận chuyển hướng).",
    GONE: "The receiver answered 410 (bên nhận không còn nhận).",
    STATUS: "The receiver answered another status than 2xx (bên nhận báo lỗi).",
  },
);

@ObjectType({ description: "Filter of a webhook's changes; null does not filter (bộ lọc)." })
export class WebhookFilter {
  @Field(() => String, { nullable: true, description: "Province code (mã tỉnh)." })
  province!: string | null;
  @Field(() => String, { nullable: true, description: "Commune code of the office (nơi tiếp nhận)." })
  office!: string | null;
  @Field(() => String, { nullable: true, description: "Code of the procedure or combination (mã thủ tục)." })
  procedure!: string | null;
}

// named here, because a bundle renames a class that has the name of another package's class
@ObjectType("Webhook", {
  description: "An address to which the changes of dossiers are sent (địa chỉ nhận thay đổi của hồ sơ).",
})
export class Webhook {
  @Field(() => ID, { description: "Id of the webhook (định danh)." })
  id!: WebhookRow["id"];
  @Field(() => String, { description: "Address of the receiver (địa chỉ nhận)." })
  url!: WebhookRow["url"];
  @Field(() => WebhookFilter, { description: "Which changes are sent (bộ lọc)." })
  filter?: WebhookFilter;
  @Field(() => String, { nullable: true, description: "Commune code of the office that it serves (nơi tiếp nhận)." })
  reachOffice!: WebhookRow["reachOffice"];
  @Field(() => String, { nullable: true, description: "Code of the province that it serves (mã tỉnh)." })
  reachProvince!: WebhookRow["reachProvince"];
  @Field(() => WebhookStateEnum, { description: "State (trạng thái)." })
  state?: WebhookState;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Begin of its pause; null while it is active (tạm dừng lúc).",
  })
  pausedAt!: WebhookRow["pausedAt"];
  @Field(() => WebhookPauseReasonEnum, { nullable: true, description: "Reason of the pause (lý do tạm dừng)." })
  pauseReason!: WebhookRow["pauseReason"];
  @Field(() => Int, { description: "Attempts that failed since the last one that succeeded (số lần lỗi liên tiếp)." })
  failures!: WebhookRow["failures"];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Time of the first of these failures; null where there is none (lỗi từ lúc).",
  })
  failingSince!: WebhookRow["failingSince"];
  @Field(() => DateTimeScalar, { description: "Time of its creation (tạo lúc)." })
  createdAt!: WebhookRow["createdAt"];
}

@ObjectType({ description: "An event on its way to a receiver (một lần gửi sự kiện)." })
export class WebhookDelivery {
  @Field(() => ID, { description: "The `webhook-id` of every attempt (định danh)." })
  id!: WebhookDeliveryRow["id"];
  @Field(() => WebhookEventKindEnum, { description: "Kind of the event (loại sự kiện)." })
  kind!: WebhookDeliveryRow["kind"];
  @Field(() => ExistingDossier, { nullable: true, description: "The dossier; null for a ping (hồ sơ)." })
  dossier?: ExistingDossier | null;
  @Field(() => String, { nullable: true, description: "Place of the change in the stream; null for a ping (con trỏ)." })
  cursor?: string | null;
  @Field(() => WebhookDeliveryStateEnum, { description: "State (trạng thái)." })
  state!: WebhookDeliveryRow["state"];
  @Field(() => Int, { description: "Number of attempts (số lần gửi)." })
  attempts!: WebhookDeliveryRow["attempts"];
  @Field(() => DateTimeScalar, { nullable: true, description: "Time of the last attempt (lần gửi gần nhất)." })
  lastAttemptAt!: WebhookDeliveryRow["lastAttemptAt"];
  @Field(() => Int, { nullable: true, description: "HTTP status of the last attempt (mã trạng thái HTTP)." })
  lastStatus!: WebhookDeliveryRow["lastStatus"];
  @Field(() => WebhookFailureEnum, { nullable: true, description: "Why the last attempt failed (lý do lỗi)." })
  lastFailure!: WebhookDeliveryRow["lastFailure"];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Time of the next attempt, unless the webhook is paused; null if it has ended (lần gửi tiếp theo).",
  })
  nextAttemptAt?: Date | null;
}

@ObjectType({ description: "Result of an act on a webhook (kết quả thao tác địa chỉ nhận)." })
export class WebhookAct {
  @Field(() => Webhook, {
    nullable: true,
    description: "The webhook; null if there are problems, or once deleted (địa chỉ nhận).",
  })
  webhook!: Webhook | null;
  @Field(() => String, {
    nullable: true,
    description: "A new secret, `whsec_…`, which verifies signatures; it is shown this once (khóa bí mật).",
  })
  secret!: string | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@ObjectType({ description: "Result of an act on a webhook's delivery (kết quả thao tác gửi)." })
export class WebhookDeliveryAct {
  @Field(() => WebhookDelivery, { nullable: true, description: "The delivery; null if there are problems (lần gửi)." })
  delivery!: WebhookDelivery | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@ObjectType({ description: "A page of deliveries, the newest first (danh sách lần gửi)." })
export class WebhookDeliveryConnection {
  @Field(() => [WebhookDelivery], { description: "The deliveries (các lần gửi)." })
  nodes!: WebhookDelivery[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

@ObjectType({ description: "Changes of a part of the stream that are sent again (gửi lại các thay đổi)." })
export class WebhookReplay {
  @Field(() => Int, { description: "Number of changes that are sent again (số thay đổi gửi lại)." })
  count!: number;
  @Field(() => PageInfo, {
    description:
      "End of the part; while `hasNextPage`, send the request again with `endCursor` as `since` (phân trang).",
  })
  pageInfo!: PageInfo;
}

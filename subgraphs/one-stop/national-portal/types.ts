import { Field, ID, Int, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { Problem } from "../../_shared/registers/problem-type.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { AlsoId } from "../../_shared/serving/id-field.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { Dossier } from "../dossiers/types.ts";
import type { DeliveryProblem } from "./delivery-problem.ts";

const DeliveryProblemEnum = describedEnum<DeliveryProblem>(
  "PortalDeliveryProblem",
  "Reason for which the delivery of a dossier to the national portal has stopped (lý do dừng đồng bộ).",
  {
    MAPPING_MISSING: "The mappings lack a code of the portal (thiếu mã tương ứng).",
    REFUSED: "The portal refuses a message, twice (cổng từ chối).",
    PORTAL_AHEAD: "The portal has steps that the desk does not know (cổng có bước mà bộ phận một cửa không có).",
    PORTAL_GAP: "The portal lacks a step before one that it has (cổng thiếu bước ở giữa).",
    STATUS_BACKWARDS: "The next step would take the status back (trạng thái bị lùi).",
  },
);

@ObjectType({ description: "Delivery of a dossier to the national portal that waits for a person (đồng bộ bị dừng)." })
export class StoppedPortalDelivery {
  @AlsoId()
  @Field(() => ID, { description: "Code of the dossier (mã hồ sơ)." })
  dossierCode!: string;
  @Field(() => Dossier, {
    nullable: true,
    description: "The dossier; NOT_FOUND if the caller may not see it (hồ sơ).",
  })
  dossier?: Dossier | null;
  @Field(() => DeliveryProblemEnum, { description: "Reason (lý do)." })
  reason!: DeliveryProblem;
  @Field(() => DateTimeScalar, { description: "Time at which it stopped (thời điểm)." })
  since!: Date;
  @Field(() => String, {
    nullable: true,
    description: "The portal's own words, the missing code, or the steps of portal and desk (nội dung).",
  })
  words!: string | null;
  @Field(() => String, { description: "Remedy, in Vietnamese (cách xử lý)." })
  remedy!: string;
  @Field(() => String, { description: "Remedy, in English (cách xử lý, tiếng Anh)." })
  remedyEn!: string;
}

@ObjectType({ description: "A page of stopped deliveries, the oldest first (danh sách đồng bộ bị dừng)." })
export class StoppedPortalDeliveryConnection {
  @Field(() => [StoppedPortalDelivery], { description: "The deliveries (các hồ sơ)." })
  nodes!: StoppedPortalDelivery[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
  @Field(() => Int, { description: "Dossiers that are delivered by themselves as soon as possible (số đang chờ gửi)." })
  waiting!: number;
  @Field(() => String, {
    nullable: true,
    description: "Why the portal has not answered one of them; null while it answers (lý do cổng chưa trả lời).",
  })
  unanswered!: string | null;
}

@ObjectType({ description: "Outcome of a retried delivery (kết quả yêu cầu gửi lại)." })
export class PortalDeliveryAct {
  @Field(() => ID, {
    nullable: true,
    description: "Code of the dossier; null if there are problems (mã hồ sơ).",
  })
  dossierCode!: string | null;
  @Field(() => [Problem], { description: "What prevents it (vướng mắc)." })
  problems!: Problem[];
}

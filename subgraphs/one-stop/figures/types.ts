import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import type { RateCode } from "./rate-rules.ts";

export const RateCodeEnum = describedEnum<RateCode>("RateCode", "Rates of the service's quality (chỉ số chất lượng).", {
  ON_TIME: "Dossiers completed on time (đúng hạn, trước hạn).",
  ONLINE: "Dossiers submitted online (nộp trực tuyến).",
  DIGITISED: "Dossiers digitised at receipt (số hóa khi tiếp nhận).",
  REUSED: "Reuse of what an agency holds (sử dụng lại dữ liệu đã có).",
  ELECTRONIC_RESULTS: "Electronic results (kết quả điện tử).",
  PAID_ONLINE: "Fees paid online (thanh toán trực tuyến).",
  SATISFIED: "Satisfaction of citizens (mức độ hài lòng).",
});

@ObjectType({ description: "A rate in a part of its period: a day, or a month of a long period (điểm của biểu đồ)." })
export class RatePoint {
  @Field(() => DateScalar, { description: "First day of this part (từ ngày)." })
  day!: string;
  @Field(() => Int, { description: "Dossiers that meet the rate (tử số)." })
  numerator!: number;
  @Field(() => Int, { description: "Dossiers that are counted (mẫu số)." })
  denominator!: number;
}

@ObjectType({
  description:
    "A rate with its numerator, denominator, definition and the dossiers behind it (chỉ số chất lượng phục vụ).",
})
export class Rate {
  @Field(() => ID, { description: "Id of this rate of this period and scope, for client caches (định danh)." })
  id!: string;
  @Field(() => RateCodeEnum, { description: "Stable code (mã chỉ số)." })
  code!: RateCode;
  @Field(() => String, { description: "Name in Vietnamese (tên chỉ số)." })
  name!: string;
  @Field(() => String, { description: "Name in English (tên tiếng Anh)." })
  nameEn!: string;
  @Field(() => String, { description: "Definition in Vietnamese (định nghĩa)." })
  definition!: string;
  @Field(() => String, { description: "Definition in English (định nghĩa, tiếng Anh)." })
  definitionEn!: string;
  @Field(() => Int, { description: "Dossiers that meet the rate (tử số)." })
  numerator!: number;
  @Field(() => Int, { description: "Dossiers that are counted (mẫu số)." })
  denominator!: number;
  @Field(() => Float, {
    nullable: true,
    description:
      "Numerator in percent of the denominator, to two decimals; null if nothing is counted (tỷ lệ phần trăm).",
  })
  percent!: number | null;
  @Field(() => Boolean, {
    description:
      "True if every change that was committed before the query is counted; false while the desk is behind (đã tính đủ).",
  })
  isCurrent!: boolean;
  @Field(() => [RatePoint], {
    description:
      "The rate by day, or by month if the period is longer than 62 days; parts without dossiers are left out (diễn biến).",
  })
  points!: RatePoint[];
}

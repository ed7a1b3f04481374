import { Field, ID, Int, ObjectType } from "type-graphql";
import { VndScalar } from "../../_shared/serving/scalars.ts";
import { ChannelEnum } from "../dossiers/enums.ts";
import { PageInfo } from "../paging/types.ts";
import type { procedures } from "../tables.ts";

export type ProcedureRow = typeof procedures.$inferSelect;

@ObjectType({ description: "How long a procedure takes (thời hạn giải quyết)." })
export class ProcessingTime {
  @Field(() => Int, { nullable: true, description: "How many units (số lượng)." })
  quantity!: number | null;
  @Field(() => String, {
    nullable: true,
    description: "WORKING_DAY, WORKING_DAY_SAME (the day of receipt), DAY, HOUR, MONTH or YEAR (đơn vị).",
  })
  unit!: string | null;
  @Field(() => String, { nullable: true, description: "What else decides it (ghi chú)." })
  note!: string | null;
}

@ObjectType({ description: "A paper that a procedure requires (thành phần hồ sơ)." })
export class RequiredPaper {
  @Field(() => ID, { description: "Code of the paper (mã giấy tờ)." })
  code!: string;
  @Field(() => String, { description: "Name (tên giấy tờ)." })
  name!: string;
}

@ObjectType({ description: "A fee of a procedure (phí, lệ phí)." })
export class ProcedureFee {
  @Field(() => String, { description: "Name (tên phí, lệ phí)." })
  name!: string;
  @Field(() => VndScalar, {
    nullable: true,
    description: "Amount; null where a council or a fee schedule sets it, as feeNote says (mức thu).",
  })
  amountVnd!: number | null;
  @Field(() => ChannelEnum, { description: "For dossiers that come in this way (hình thức nộp)." })
  channel!: keyof typeof ChannelEnum;
}

@ObjectType({ description: "What a procedure results in (kết quả thực hiện)." })
export class ProcedureResult {
  @Field(() => ID, { description: "Code such as KQ.G15.000031 (mã kết quả)." })
  code!: string;
  @Field(() => String, { description: "Name (tên kết quả)." })
  name!: string;
}

@ObjectType({ description: "An administrative procedure (thủ tục hành chính) as the national catalogue publishes it." })
export class Procedure {
  @Field(() => ID, { description: "Code d.dddddd (mã thủ tục)." })
  code!: ProcedureRow["code"];
  @Field(() => String, { description: "Name in Vietnamese (tên thủ tục)." })
  name!: ProcedureRow["name"];
}

@ObjectType({ description: "A page of the catalogue (danh sách thủ tục)." })
export class ProcedureConnection {
  @Field(() => Int, { description: "How many there are in all (tổng số)." })
  totalCount!: number;
  @Field(() => [Procedure], { description: "The procedures (các thủ tục)." })
  nodes!: Procedure[];
  @Field(() => PageInfo, { description: "Where the page ends (phân trang)." })
  pageInfo!: PageInfo;
}

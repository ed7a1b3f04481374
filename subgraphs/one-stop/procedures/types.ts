import { Field, ID, Int, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { AlsoId } from "../../_shared/serving/id-field.ts";
import { VndScalar } from "../../_shared/serving/scalars.ts";
import type { TermUnit } from "../clock/terms.ts";
import { ChannelEnum, TermUnitEnum } from "../dossiers/enums.ts";
import type { PublishedFee } from "./procedure-facts.ts";
import type { procedures } from "./tables.ts";

export type ProcedureRow = typeof procedures.$inferSelect;

@ObjectType({ description: "Term of a procedure (thời hạn giải quyết)." })
export class ProcessingTime {
  @Field(() => Int, { nullable: true, description: "Number of units (số lượng)." })
  quantity!: number | null;
  @Field(() => TermUnitEnum, { nullable: true, description: "Unit of the quantity (đơn vị)." })
  unit!: TermUnit | null;
  @Field(() => String, { nullable: true, description: "Further conditions of the term (ghi chú)." })
  note!: string | null;
}

@ObjectType({ description: "A paper that a procedure requires (thành phần hồ sơ)." })
export class RequiredPaper {
  @AlsoId()
  @Field(() => ID, { description: "Code of the paper (mã giấy tờ)." })
  code!: string;
  @Field(() => String, { description: "Name (tên giấy tờ)." })
  name!: string;
}

const FeeUnitEnum = describedEnum<NonNullable<PublishedFee["per"]>>("FeeUnit", "Unit of a fee (đơn vị tính phí).", {
  COPY: "Each copy (mỗi bản sao).",
  PAGE: "Each page (mỗi trang).",
  PERSON: "Each person of a list (mỗi người trong danh sách).",
});

@ObjectType({ description: "A fee of a procedure (phí, lệ phí)." })
export class ProcedureFee {
  @Field(() => String, { description: "Name (tên phí, lệ phí)." })
  name!: string;
  @Field(() => VndScalar, {
    nullable: true,
    description: "Amount; null where a council or a fee schedule sets it, as feeNote says (mức thu).",
  })
  amountVnd!: number | null;
  @Field(() => ChannelEnum, { description: "Channel of submission to which the fee applies (hình thức nộp)." })
  channel!: keyof typeof ChannelEnum;
  @Field(() => FeeUnitEnum, {
    nullable: true,
    description: "Unit that the amount is for; null for one dossier (đơn vị tính).",
  })
  per?: NonNullable<PublishedFee["per"]> | undefined;
}

@ObjectType({ description: "A result of a procedure (kết quả thực hiện)." })
export class ProcedureResult {
  @AlsoId()
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
  @Field(() => Int, { description: "Number of all entries (tổng số)." })
  totalCount!: number;
  @Field(() => [Procedure], { description: "The procedures (các thủ tục)." })
  nodes!: Procedure[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

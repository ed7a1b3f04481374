import { Directive, Field, ID, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { Problem } from "../../_shared/registers/problem-type.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { type Risk, RiskEnum } from "../dossiers/enums.ts";
import { Dossier, DossierPart } from "../dossiers/types.ts";
import type { Total } from "../paging/counting.ts";

@ObjectType({ description: "An officer who acts on a part (cán bộ)." })
export class Officer {
  @Field(() => ID, { description: "Subject of the officer's token (định danh)." })
  id!: string;
  @Field(() => String, { description: "Name as colleagues see it (tên)." })
  name!: string;
}

@ObjectType({ description: "Answer to one item of a request for papers (nội dung đã bổ sung)." })
export class SupplementAnswer {
  @Field(() => String, { description: "Code of the item (mã giấy tờ)." })
  item!: string;
  @Field(() => String, { nullable: true, description: "Answer as text (nội dung)." })
  text!: string | null;
  @Field(() => String, { nullable: true, description: "Id of the attachment (tệp đính kèm)." })
  attachment!: string | null;
}

@ObjectType({ description: "One fact of a part, compared with the same fact of a similar entry (nội dung đối chiếu)." })
export class ComparedFact {
  @Field(() => String, { description: "Path into the input of the dossier, joined by dots (vị trí)." })
  field!: string;
  @Field(() => String, { description: "Name of the fact in Vietnamese (tên nội dung)." })
  label!: string;
  @Field(() => String, { nullable: true, description: "As the dossier says (trong hồ sơ này)." })
  here!: string | null;
  @Field(() => String, { nullable: true, description: "As the register says (trong sổ đăng ký)." })
  there!: string | null;
}

@ObjectType({
  description:
    "An entry of the agency's register that may be the same as what a part asks for: an officer compares both before a grant (trường hợp nghi trùng).",
})
export class Likeness {
  @Field(() => ID, { description: "Id of the likeness; a grant names it in `compared` (mã trường hợp nghi trùng)." })
  id!: string;
  @Field(() => String, { description: "Rule that found it, UPPER_SNAKE (quy tắc)." })
  rule!: string;
  @Field(() => String, { description: "The reason in Vietnamese (lý do)." })
  text!: string;
  @Field(() => String, { description: "The reason in English (lý do, tiếng Anh)." })
  textEn!: string;
  @Directive("@listSize(assumedSize: 12)")
  @Field(() => [ComparedFact], { description: "Both side by side (bảng đối chiếu)." })
  facts!: ComparedFact[];
  @Field(() => Officer, { nullable: true, description: "Officer who granted after comparing (cán bộ đã đối chiếu)." })
  comparedBy?: Officer | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "Time of that decision (thời điểm đối chiếu)." })
  comparedAt?: string | null;
}

@ObjectType({ description: "An open part to work on (việc cần giải quyết)." })
export class WorkItem {
  @Field(() => ID, { description: "Id of the part (mã phần việc)." })
  id!: string;
  @Field(() => DossierPart, { description: "The part (phần việc)." })
  part!: DossierPart;
  @Field(() => Dossier, { description: "Its dossier (hồ sơ)." })
  dossier!: Dossier;
  @Field(() => RiskEnum, { description: "Risk of missing the due date (nguy cơ trễ hạn)." })
  risk!: Risk;
  @Field(() => Officer, { nullable: true, description: "Officer who works on it (cán bộ đã nhận)." })
  claimedBy!: Officer | null;
}

@ObjectType({ description: "A page of a work list, the first due first (danh sách việc)." })
export class WorkConnection {
  total!: () => Promise<Total>;
  @Field(() => [WorkItem], { description: "The parts (các việc)." })
  nodes!: WorkItem[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

@ObjectType({ description: "Result of an officer's act on a part (kết quả thao tác)." })
export class PartAct {
  @Field(() => DossierPart, { nullable: true, description: "The part as it is now (phần việc)." })
  part!: DossierPart | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@ObjectType({ description: "Result of an act on a dossier (kết quả thao tác)." })
export class DossierAct {
  @Field(() => Dossier, {
    nullable: true,
    description: "The dossier as it is now; null if there are problems (hồ sơ).",
  })
  dossier!: Dossier | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@ObjectType({ description: "Result of a withdrawal (kết quả rút hồ sơ)." })
export class WithdrawalResult {
  @Field(() => Dossier, {
    nullable: true,
    description: "The dossier as it is now; null if there are problems (hồ sơ).",
  })
  dossier!: Dossier | null;
  @Field(() => [DossierPart], { description: "Parts that were cancelled (phần việc đã hủy)." })
  cancelled!: DossierPart[];
  @Field(() => [DossierPart], { description: "Decided parts that stay (phần việc giữ nguyên)." })
  kept!: DossierPart[];
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

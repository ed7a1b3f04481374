import { Field, ID, Int, ObjectType } from "type-graphql";
import { Problem } from "../acceptance/types.ts";
import { Dossier, DossierPart } from "../dossiers/types.ts";
import { PageInfo } from "../paging/types.ts";
import { type Risk, RiskEnum } from "./enums.ts";

@ObjectType({ description: "An officer who acts on a part (cán bộ)." })
export class Officer {
  @Field(() => ID, { description: "Subject of the officer's token (định danh)." })
  id!: string;
  @Field(() => String, { description: "Name as colleagues see it (tên)." })
  name!: string;
}

@ObjectType({ description: "An open part to work on (việc cần giải quyết)." })
export class WorkItem {
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
  @Field(() => Int, { description: "Number of all parts (tổng số)." })
  totalCount!: number;
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

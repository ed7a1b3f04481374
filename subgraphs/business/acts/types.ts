import { Field, ID, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { Problem } from "../../_shared/registers/problem-type.ts";
import { DateScalar, DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { BusinessActKindEnum } from "./act-kinds.ts";
import type { ActRow } from "./tables.ts";

@ObjectType({ description: "An act of an officer in the business register (lần đăng ký, thay đổi)." })
export class BusinessAct {
  @Field(() => ID, { description: "Id of the act (mã)." })
  id!: ActRow["id"];
  @Field(() => BusinessActKindEnum, { description: "Kind (loại)." })
  kind!: ActRow["kind"];
  @Field(() => DateScalar, { description: "Day from which it has effect (ngày có hiệu lực)." })
  effectiveOn!: ActRow["effectiveOn"];
  @Field(() => DateTimeScalar, { description: "Time of its entry (thời điểm ghi)." })
  recordedAt!: ActRow["recordedAt"];
  @Field(() => String, { description: "Id of the officer: the subject of the token (cán bộ thực hiện)." })
  recordedBy!: string;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: ActRow["ground"];
}

@ObjectType({ description: "Result of an act in the business register (kết quả đăng ký)." })
export class BusinessActResult {
  @Field(() => BusinessAct, { nullable: true, description: "The act; null exactly if there are problems (kết quả)." })
  act!: BusinessAct | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@ObjectType({ description: "A page of acts, the newest first (lịch sử đăng ký)." })
export class BusinessActConnection {
  @Field(() => [BusinessAct], { description: "The acts (các lần đăng ký)." })
  nodes!: BusinessAct[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

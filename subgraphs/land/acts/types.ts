import { Field, ID, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { Problem } from "../../_shared/registers/problem-type.ts";
import { DateScalar, DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { LandActKindEnum } from "./act-kinds.ts";
import type { ActRow } from "./tables.ts";

@ObjectType({ description: "An act of an officer in the land register (biến động đất đai)." })
export class LandAct {
  @Field(() => ID, { description: "Id of the act (mã biến động)." })
  id!: ActRow["id"];
  @Field(() => LandActKindEnum, { description: "Kind (loại biến động)." })
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

@ObjectType({ description: "Result of an act in the land register (kết quả đăng ký)." })
export class LandActResult {
  @Field(() => LandAct, { nullable: true, description: "The act; null exactly if there are problems (biến động)." })
  act!: LandAct | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@ObjectType({ description: "A page of acts, the newest first (danh sách biến động)." })
export class LandActConnection {
  @Field(() => [LandAct], { description: "The acts (các biến động)." })
  nodes!: LandAct[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

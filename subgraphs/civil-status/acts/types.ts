import { Field, ID, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { Problem } from "../../_shared/registers/problem-type.ts";
import { DateScalar, DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { CivilStatusActKindEnum } from "./act-kinds.ts";
import type { ActRow } from "./tables.ts";

@ObjectType({ description: "An act of a registrar in the civil status register (việc hộ tịch)." })
export class CivilStatusAct {
  @Field(() => ID, { description: "Id of the act (mã việc hộ tịch)." })
  id!: ActRow["id"];
  @Field(() => CivilStatusActKindEnum, { description: "Kind (loại)." })
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

@ObjectType({ description: "Result of an act in the civil status register (kết quả)." })
export class CivilStatusActResult {
  @Field(() => CivilStatusAct, { nullable: true, description: "The act; null exactly if there are problems (việc)." })
  act!: CivilStatusAct | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@ObjectType({ description: "A page of acts, the newest first (danh sách việc hộ tịch)." })
export class CivilStatusActConnection {
  @Field(() => [CivilStatusAct], { description: "The acts (các việc hộ tịch)." })
  nodes!: CivilStatusAct[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

import { Field, ID, ObjectType } from "type-graphql";
import { Problem } from "../../_shared/registers/problem-type.ts";
import { DateScalar, DateTimeScalar } from "../../_shared/serving/scalars.ts";
import type { enrolmentEmployers } from "../participants/tables.ts";
import { HealthInsuranceActKindEnum } from "./act-kinds.ts";
import type { ActRow } from "./tables.ts";

type EmployerRow = typeof enrolmentEmployers.$inferSelect;

@ObjectType({ description: "Employer who enrols participants (đơn vị tham gia bảo hiểm y tế)." })
export class EnrollingEmployer {
  @Field(() => String, { description: "Tax code, or code of a household business (mã số thuế)." })
  code!: EmployerRow["code"];
  @Field(() => String, { description: "Name (tên đơn vị)." })
  name!: EmployerRow["name"];
}

@ObjectType({ description: "An act of an officer in the register of cards (biến động về thẻ bảo hiểm y tế)." })
export class HealthInsuranceAct {
  @Field(() => ID, { description: "Id of the act (mã biến động)." })
  id!: ActRow["id"];
  @Field(() => HealthInsuranceActKindEnum, { description: "Kind (loại biến động)." })
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

@ObjectType({ description: "Result of an act in the register of cards (kết quả)." })
export class HealthInsuranceActResult {
  @Field(() => HealthInsuranceAct, {
    nullable: true,
    description: "The act; null exactly if there are problems (biến động).",
  })
  act!: HealthInsuranceAct | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

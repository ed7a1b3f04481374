import { Field, ObjectType } from "type-graphql";
import { actFields, actResultFields } from "../../_shared/registers/act-types.ts";
import type { enrolmentEmployers } from "../participants/tables.ts";
import { HealthInsuranceActKindEnum } from "./act-kinds.ts";

type EmployerRow = typeof enrolmentEmployers.$inferSelect;

@ObjectType({ description: "Employer who enrols participants (đơn vị tham gia bảo hiểm y tế)." })
export class EnrollingEmployer {
  @Field(() => String, { description: "Tax code, or code of a household business (mã số thuế)." })
  code!: EmployerRow["code"];
  @Field(() => String, { description: "Name (tên đơn vị)." })
  name!: EmployerRow["name"];
}

@ObjectType({ description: "An act of an officer in the register of cards (biến động về thẻ bảo hiểm y tế)." })
export class HealthInsuranceAct extends actFields(HealthInsuranceActKindEnum, {
  id: "mã biến động",
  kind: "loại biến động",
}) {}

@ObjectType({ description: "Result of an act in the register of cards (kết quả)." })
export class HealthInsuranceActResult extends actResultFields(HealthInsuranceAct, "biến động") {}

import { Field, InputType } from "type-graphql";
import type { MaritalStatus } from "../marriages/marital-status.ts";
import { MaritalStatusEnum } from "../marriages/marital-status-type.ts";
import { CivilPersonInput } from "../persons/input.ts";

@InputType({ description: "Period for which the status is confirmed (thời gian cần xác nhận)." })
export class ConfirmedPeriodInput {
  @Field(() => String, { description: "First day, yyyy-MM-dd (từ ngày)." })
  from!: string;
  @Field(() => String, { description: "Last day, yyyy-MM-dd (đến ngày)." })
  to!: string;
}

@InputType({ description: "Confirmation of the marital status (cấp giấy xác nhận tình trạng hôn nhân)." })
export class MaritalConfirmationInput {
  @Field(() => CivilPersonInput, { description: "The person (người được xác nhận)." })
  person!: CivilPersonInput;
  @Field(() => MaritalStatusEnum, { description: "Status as declared (tình trạng hôn nhân)." })
  status!: MaritalStatus;
  @Field(() => ConfirmedPeriodInput, { nullable: true, description: "Period; up to now if left out (thời gian)." })
  period?: ConfirmedPeriodInput | null;
  @Field(() => String, { description: "Purpose of its use (mục đích sử dụng)." })
  purpose!: string;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}

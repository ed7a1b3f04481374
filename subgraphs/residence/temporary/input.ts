import { Field, ID, InputType } from "type-graphql";
import { ResidenceAddressInput } from "../residencies/input.ts";
import { type TemporaryEndReason, TemporaryEndReasonEnum } from "./end-reasons.ts";

@InputType({ description: "Temporary residence of persons at one address (đăng ký tạm trú)." })
export class TemporaryResidenceInput {
  @Field(() => [String], { description: "Personal identification numbers (số định danh cá nhân)." })
  persons!: string[];
  @Field(() => ResidenceAddressInput, {
    description: "Address, in another commune than the permanent one (nơi tạm trú).",
  })
  address!: ResidenceAddressInput;
  @Field(() => String, { description: "Last day, yyyy-MM-dd, at most 2 years from today (tạm trú đến ngày)." })
  endsOn!: string;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}

@InputType({ description: "Renewal of a temporary residence (gia hạn tạm trú)." })
export class TemporaryRenewalInput {
  @Field(() => ID, { description: "Id of the temporary residence (mã đăng ký tạm trú)." })
  temporaryResidence!: string;
  @Field(() => String, { description: "Last day, yyyy-MM-dd, at most 2 years from the end of the term (đến ngày)." })
  endsOn!: string;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}

@InputType({ description: "End of a temporary residence before its last day (xóa đăng ký tạm trú)." })
export class TemporaryEndInput {
  @Field(() => ID, { description: "Id of the temporary residence (mã đăng ký tạm trú)." })
  temporaryResidence!: string;
  @Field(() => TemporaryEndReasonEnum, { description: "Reason (lý do)." })
  reason!: TemporaryEndReason;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}

import { Field, InputType, Int } from "type-graphql";
import type { HandoverMethod } from "../acceptance/application.ts";
import { HandoverMethodEnum } from "../dossiers/enums.ts";

@InputType({ description: "Address to which results are delivered by post (địa chỉ nhận kết quả)." })
export class DeliveryAddressInput {
  @Field(() => String, { nullable: true, description: "Recipient; the declarant by default (người nhận)." })
  recipient?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Phone of the recipient; the declarant's by default (điện thoại người nhận).",
  })
  phone?: string | null;
  @Field(() => String, { description: "House number, street, hamlet (số nhà, đường, thôn, ấp)." })
  line!: string;
  @Field(() => String, { description: "Commune code (mã xã)." })
  commune!: string;
}

@InputType({ description: "Handover of the results (trả kết quả)." })
export class ResultHandoverInput {
  @Field(() => HandoverMethodEnum, { description: "How the results are received (hình thức nhận kết quả)." })
  method!: HandoverMethod;
  @Field(() => Int, { nullable: true, description: "Number of paper copies (số bản giấy)." })
  paperCopies?: number | null;
  @Field(() => DeliveryAddressInput, {
    nullable: true,
    description: "Address; required of results by post (địa chỉ nhận kết quả).",
  })
  address?: DeliveryAddressInput | null;
}

import { Field, InputType } from "type-graphql";

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

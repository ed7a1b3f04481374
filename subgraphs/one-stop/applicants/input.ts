import { Field, InputType } from "type-graphql";

@InputType({ description: "An address: line and commune; there is no district since 2025-07-01 (địa chỉ)." })
export class AddressInput {
  @Field(() => String, { description: "House number, street, hamlet (số nhà, đường, thôn, ấp, tổ dân phố)." })
  line!: string;
  @Field(() => String, { description: "Commune code (mã đơn vị hành chính cấp xã)." })
  commune!: string;
}

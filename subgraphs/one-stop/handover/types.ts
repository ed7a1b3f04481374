import { Field, Int, ObjectType } from "type-graphql";
import { Commune } from "../../_shared/registers/commune-type.ts";
import type { Application, DeliveryAddress as StoredAddress } from "../acceptance/application.ts";
import { HandoverMethodEnum } from "../dossiers/enums.ts";

type StoredChoice = Application["handover"];

@ObjectType({ description: "Address to which results are delivered by post (địa chỉ nhận kết quả)." })
export class DeliveryAddress {
  @Field(() => String, { description: "Recipient (người nhận)." })
  recipient!: StoredAddress["recipient"];
  @Field(() => String, { nullable: true, description: "Phone of the recipient (điện thoại người nhận)." })
  phone!: StoredAddress["phone"];
  @Field(() => String, { description: "House number, street, hamlet (số nhà, đường, thôn, ấp)." })
  line!: StoredAddress["line"];
  @Field(() => Commune, { description: "Commune, ward or special zone (xã, phường, đặc khu)." })
  commune!: Commune;
}

@ObjectType({ description: "How the applicant wants to receive the results (hình thức nhận kết quả đã chọn)." })
export class DeliveryChoice {
  @Field(() => HandoverMethodEnum, { description: "Method (hình thức nhận)." })
  method!: StoredChoice["method"];
  @Field(() => Int, { description: "Number of paper copies (số bản giấy)." })
  paperCopies!: StoredChoice["paperCopies"];
  @Field(() => DeliveryAddress, { nullable: true, description: "Address, if one was given (địa chỉ nhận kết quả)." })
  address!: DeliveryAddress | null;
}

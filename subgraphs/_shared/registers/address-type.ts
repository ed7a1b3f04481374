import { Directive, Field, ObjectType } from "type-graphql";
import { Commune } from "./commune-type.ts";

@Directive("@shareable")
@ObjectType({
  description: "The address of a lawful dwelling (địa chỉ chỗ ở hợp pháp); Law on Residence 68/2020, art. 2.",
})
export class Address {
  @Field(() => String, {
    description: "House number, street, hamlet or quarter (số nhà, đường, thôn, ấp, tổ dân phố).",
  })
  line!: string;
  @Field(() => Commune, { description: "Commune, ward or special zone (xã, phường, đặc khu)." })
  commune!: Commune;
}

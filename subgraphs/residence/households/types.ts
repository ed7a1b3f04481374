import { Field, ID, ObjectType } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { Address } from "../../_shared/registers/address-type.ts";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { Citizen, Household, HouseholdMember } from "../types.ts";

@ObjectType({ description: "What the register says of a household as of a day (thông tin hộ tại một ngày)." })
export class HouseholdOnDay {
  @Field(() => ID, { description: "Id of the household and the day, for client caches (định danh)." })
  id!: string;
  @Field(() => DateScalar, { description: "The day (ngày)." })
  on!: LegalDay;
  @Field(() => Boolean, { description: "True if the household had members at the end of the day (còn thành viên)." })
  isInForce!: boolean;
  @Field(() => Address, { nullable: true, description: "Address (nơi thường trú)." })
  address!: Address;
  @Field(() => Citizen, {
    nullable: true,
    description: "Head, or the last head of a household that had ended (chủ hộ).",
  })
  head!: Citizen;
  @Field(() => [HouseholdMember], { nullable: true, description: "Members at the end of the day (thành viên hộ)." })
  members!: HouseholdMember[];
}

@ObjectType({ description: "A page of households, by code (danh sách hộ)." })
export class HouseholdConnection {
  @Field(() => [Household], { description: "The households (các hộ)." })
  nodes!: Household[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

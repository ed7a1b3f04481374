import { Field, ID, ObjectType } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { Commune } from "../../_shared/registers/commune-type.ts";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import type { businessVersions } from "../tables.ts";
import {
  Business,
  BusinessLine,
  BusinessPerson,
  type BusinessState,
  BusinessStateEnum,
  BusinessSuspension,
} from "../types.ts";

type VersionRow = typeof businessVersions.$inferSelect;

@ObjectType({ description: "What the register says of a business as of a day (thông tin tại một ngày)." })
export class BusinessOnDay {
  @Field(() => ID, { description: "Code of the business and the day, for client caches (định danh)." })
  id!: string;
  @Field(() => DateScalar, { description: "The day (ngày)." })
  on!: LegalDay;
  @Field(() => String, { description: "Name (tên)." })
  name!: VersionRow["name"];
  @Field(() => BusinessStateEnum, { description: "State (tình trạng hoạt động)." })
  state!: BusinessState;
  @Field(() => Commune, { description: "Commune (đơn vị hành chính)." })
  commune!: Commune;
  @Field(() => String, { description: "House and neighbourhood (địa chỉ)." })
  addressLine!: VersionRow["addressLine"];
  @Field(() => BusinessSuspension, { nullable: true, description: "Suspension as then known (thời gian tạm ngừng)." })
  suspension!: BusinessSuspension | null;
  @Field(() => [BusinessLine], { description: "Lines of business, the main one first (ngành, nghề)." })
  lines!: BusinessLine[];
  @Field(() => [BusinessPerson], { description: "Owner, members, representatives or head (những người liên quan)." })
  people!: BusinessPerson[];
}

@ObjectType({ description: "A page of businesses, the last registered first (danh sách cơ sở kinh doanh)." })
export class BusinessConnection {
  @Field(() => [Business], { description: "The businesses (các cơ sở kinh doanh)." })
  nodes!: Business[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

import { Field, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { Licence } from "../types.ts";

@ObjectType({ description: "A page of licences, the most urgent first (danh sách giấy phép)." })
export class LicenceConnection {
  @Field(() => [Licence], { description: "The licences (các giấy phép)." })
  nodes!: Licence[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

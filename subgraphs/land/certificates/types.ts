import { Field, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { LandCertificate } from "../types.ts";

@ObjectType({ description: "A page of certificates, the last issued first (danh sách giấy chứng nhận)." })
export class LandCertificateConnection {
  @Field(() => [LandCertificate], { description: "The certificates (các giấy chứng nhận)." })
  nodes!: LandCertificate[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

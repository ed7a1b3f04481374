import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { Commune } from "../../_shared/registers/commune-type.ts";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateScalar, PartialDateScalar } from "../../_shared/serving/scalars.ts";
import { RegistrationKindEnum } from "../persons/registration-kind-types.ts";
import { CivilPerson } from "../persons/types.ts";
import type { MarriageDetails } from "./read-marriage.ts";
import type { MarriageEndCause, marriageEnds, marriages, marriageVersions } from "./tables.ts";

type Head = typeof marriages.$inferSelect;
type Version = typeof marriageVersions.$inferSelect;
type EndRow = typeof marriageEnds.$inferSelect;

const MarriageEndCauseEnum = describedEnum<MarriageEndCause>(
  "MarriageEndCause",
  "Cause of the end of a marriage (lý do chấm dứt hôn nhân).",
  {
    DIVORCE: "Divorce by a court (ly hôn).",
    ANNULMENT: "Annulment of an unlawful marriage by a court (hủy việc kết hôn trái pháp luật).",
    DEATH: "Death of a spouse (vợ hoặc chồng chết).",
  },
);

@ObjectType({ description: "Facts of a marriage in one version of its entry (nội dung kết hôn)." })
export class MarriageFacts {
  @Field(() => ID, { description: "Entry and version, for client caches (định danh)." })
  id!: string;
  @Field(() => Int, { nullable: true, description: "Number of the version, from 1 (phiên bản)." })
  version!: Version["version"];
  @Field(() => DateScalar, { nullable: true, description: "Day from which it holds (có giá trị từ ngày)." })
  validFrom!: Version["validFrom"];
  @Field(() => CivilPerson, { nullable: true, description: "The husband (chồng)." })
  husband!: CivilPerson;
  @Field(() => CivilPerson, { nullable: true, description: "The wife (vợ)." })
  wife!: CivilPerson;
  @Field(() => String, {
    nullable: true,
    description: "Number and office of the former registration, if it was repeated or noted (việc đăng ký trước đây).",
  })
  formerRegistration!: MarriageDetails["formerRegistration"];
}

@ObjectType({ description: "End of a marriage (chấm dứt hôn nhân)." })
export class MarriageEnd {
  @Field(() => MarriageEndCauseEnum, { nullable: true, description: "Cause (lý do)." })
  cause!: EndRow["cause"];
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: "Day of the death, or from which the decision has effect (ngày chấm dứt).",
  })
  endedOn!: EndRow["endedOn"];
  @Field(() => String, { nullable: true, description: "Number and court of the decision (bản án, quyết định)." })
  decision!: EndRow["decision"];
}

@Directive('@key(fields: "id")')
@ObjectType({ description: "Registration of a marriage (đăng ký kết hôn); Law on Civil Status 60/2014, art. 17-18." })
export class MarriageRegistration {
  @Field(() => ID, { description: "Id of the register entry (mã bản ghi)." })
  id!: Head["id"];
  /** Not shown; the record of the reading names them. */
  dossier!: Head["dossier"];
  spouses!: readonly string[];
  @RequiresScopes("marriage:read")
  @Field(() => String, { nullable: true, description: "Number in the register, n/yyyy of its office (số kết hôn)." })
  number!: string;
  @RequiresScopes("marriage:read")
  @Field(() => Commune, { nullable: true, description: "Commune of the office (nơi đăng ký)." })
  office!: Commune | null;
  @RequiresScopes("marriage:read")
  @Field(() => DateScalar, { nullable: true, description: "Day of registration (ngày đăng ký)." })
  registeredOn!: Head["registeredOn"];
  @RequiresScopes("marriage:read")
  @Field(() => DateScalar, { nullable: true, description: "Day from which the marriage has effect (ngày kết hôn)." })
  marriedOn!: Head["marriedOn"];
  @RequiresScopes("marriage:read")
  @Field(() => RegistrationKindEnum, { nullable: true, description: "How it came into the register (hình thức)." })
  kind!: Head["kind"];
  @RequiresScopes("marriage:read")
  @Field(() => MarriageFacts, { nullable: true, description: "Facts in force (nội dung đang có giá trị)." })
  facts!: MarriageFacts;
  @RequiresScopes("marriage:read")
  @Field(() => MarriageEnd, { nullable: true, description: "Its end; null while it lasts (chấm dứt)." })
  end!: MarriageEnd | null;
}

@ObjectType({ description: "A page of marriages, the last registered first (danh sách kết hôn)." })
export class MarriageRegistrationConnection {
  @Field(() => [MarriageRegistration], { description: "The marriages (các đăng ký kết hôn)." })
  nodes!: MarriageRegistration[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

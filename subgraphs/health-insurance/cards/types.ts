import { Field, ID, Int, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { DateScalar, DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { type ActKind, HealthInsuranceActKindEnum } from "../acts/act-kinds.ts";
import { CareFacility, HealthInsuranceCard } from "../types.ts";
import type { CardVersion } from "./card-state.ts";

@ObjectType({
  description: "What the register said of a card, with its author and ground (thông tin thẻ qua các lần ghi).",
})
export class HealthInsuranceCardVersion {
  @Field(() => ID, { description: "Id of the version (mã lần ghi)." })
  id!: string;
  @Field(() => DateScalar, { description: "Day from which the register says it (ngày có hiệu lực)." })
  effectiveOn!: CardVersion["validFrom"];
  @Field(() => DateTimeScalar, { description: "Time of its entry (thời điểm ghi)." })
  recordedAt!: CardVersion["recordedAt"];
  @Field(() => String, { description: "Author: subject of the token, or the desk's service (người ghi)." })
  recordedBy!: string;
  @Field(() => String, { nullable: true, description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string | null;
  @Field(() => HealthInsuranceActKindEnum, {
    nullable: true,
    description: "Kind of the officer's act; null for an entry by a dossier (loại biến động).",
  })
  act!: ActKind | null;
  @Field(() => String, { nullable: true, description: "Card number (mã thẻ)." })
  number!: string;
  @Field(() => String, { nullable: true, description: "Group of the insured (mã đối tượng)." })
  objectCode!: CardVersion["objectCode"];
  @Field(() => Int, { nullable: true, description: "Benefit level (mức hưởng)." })
  benefit!: CardVersion["benefit"];
  @Field(() => DateScalar, { nullable: true, description: "First day of the term (giá trị từ)." })
  validFrom!: CardVersion["cardValidFrom"];
  @Field(() => DateScalar, { nullable: true, description: "Last day of the term (giá trị đến)." })
  validTo!: CardVersion["cardValidTo"];
  @Field(() => DateScalar, { nullable: true, description: "Day of the closing after a death (ngày khóa thẻ)." })
  closedOn!: CardVersion["closedOn"];
  @Field(() => CareFacility, { nullable: true, description: "Facility of first care (nơi đăng ký KCB ban đầu)." })
  facility!: CareFacility;
}

@ObjectType({ description: "A page of versions of a card, the newest first (quá trình thẻ)." })
export class HealthInsuranceCardVersionConnection {
  @Field(() => [HealthInsuranceCardVersion], { description: "The versions (các lần ghi)." })
  nodes!: HealthInsuranceCardVersion[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

@ObjectType({ description: "A page of cards, those that end first at the beginning (danh sách thẻ)." })
export class HealthInsuranceCardConnection {
  @Field(() => [HealthInsuranceCard], { description: "The cards (các thẻ)." })
  nodes!: HealthInsuranceCard[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

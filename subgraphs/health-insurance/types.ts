import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import type { PartialDate } from "../_shared/reference/partial-dates.ts";
import { Commune } from "../_shared/registers/commune-type.ts";
import { RecordedPerson } from "../_shared/registers/recorded-person-type.ts";
import { RequiresScopes } from "../_shared/rights/directive.ts";
import { AlsoId } from "../_shared/serving/id-field.ts";
import { DateScalar, PartialDateScalar, PersonalIdScalar } from "../_shared/serving/scalars.ts";
import type { Entitlement } from "./cards/entitlement.ts";
import type { cards, cardVersions, careFacilities } from "./tables.ts";

type CardRow = typeof cards.$inferSelect & typeof cardVersions.$inferSelect;

@ObjectType({
  description: "Facility of first medical care (nơi đăng ký khám chữa bệnh ban đầu), Law on Health Insurance, art. 26.",
})
export class CareFacility {
  @AlsoId()
  @Field(() => ID, { description: "Five-digit facility code (mã cơ sở khám chữa bệnh)." })
  code!: (typeof careFacilities.$inferSelect)["code"];
  @Field(() => String, { description: "Name (tên cơ sở)." })
  name!: (typeof careFacilities.$inferSelect)["name"];
  @Field(() => Commune, { description: "Commune of the facility (đơn vị hành chính)." })
  commune!: Commune;
}

@Directive('@key(fields: "id")')
@ObjectType({
  description: "Health-insurance card (thẻ bảo hiểm y tế), Law on Health Insurance 25/2008/QH12, art. 16.",
})
export class HealthInsuranceCard {
  @Field(() => ID, { description: "Id of the register entry (mã bản ghi)." })
  id!: CardRow["id"];
  @RequiresScopes("health-insurance:read")
  @Field(() => String, {
    nullable: true,
    description: "Card number, 15 characters (mã thẻ bảo hiểm y tế); Decision 1351/QĐ-BHXH of 2015.",
  })
  number?: CardRow["number"];
  @RequiresScopes("health-insurance:read")
  @Field(() => DateScalar, {
    nullable: true,
    description: "First day on which the card is valid (giá trị sử dụng từ).",
  })
  validFrom?: CardRow["cardValidFrom"];
  @RequiresScopes("health-insurance:read")
  @Field(() => DateScalar, {
    nullable: true,
    description: "Last day on which it is valid (giá trị đến); null if contributions have no set end.",
  })
  validTo?: CardRow["cardValidTo"];
  @RequiresScopes("health-insurance:read")
  @Field(() => DateScalar, {
    nullable: true,
    description:
      "Day on which it was closed because its holder has died; null for an open card (ngày báo giảm, khóa thẻ).",
  })
  closedOn?: CardRow["closedOn"];
  @RequiresScopes("health-insurance:read")
  @Field(() => CareFacility, {
    nullable: true,
    description: "Facility of first care (nơi đăng ký khám chữa bệnh ban đầu), Law on Health Insurance, art. 26.",
  })
  facility?: CareFacility;
  @RequiresScopes("health-insurance:read")
  @Field(() => Int, {
    nullable: true,
    description:
      "Benefit level (mức hưởng), art. 22: 1 and 2 are 100 %, 3 is 95 %, 4 is 80 %, 5 is 100 % of the armed forces.",
  })
  benefit?: CardRow["benefit"];
  @RequiresScopes("health-insurance:read")
  @Field(() => String, {
    nullable: true,
    description: "Group of the insured (mã đối tượng), two letters; TE is a child under six. Decision 1351/QĐ-BHXH.",
  })
  objectCode?: CardRow["objectCode"];
  @RequiresScopes("health-insurance:read")
  @Field(() => Citizen, { nullable: true, description: "The insured person (người tham gia bảo hiểm y tế)." })
  insured?: Citizen | null;
}

@ObjectType({
  description: "Entitlement to the free card of a child under six (thẻ trẻ em dưới 6 tuổi), art. 12 and 16.",
})
export class ChildCardEntitlement {
  @Field(() => Boolean, { description: "Entitled today (đang trong thời hạn được cấp)." })
  entitled!: Entitlement["entitled"];
  @Field(() => DateScalar, {
    description:
      "Last day of the entitlement (ngày cuối được hưởng). If the day or month of birth is unknown, the latest possible day counts.",
  })
  lastDay!: Entitlement["lastDay"];
}

@Directive('@key(fields: "personalId")')
@ObjectType({ description: "A citizen; each agency adds fields (công dân)." })
export class Citizen {
  @Field(() => PersonalIdScalar, {
    nullable: true,
    description: "Personal identification number (số định danh cá nhân).",
  })
  personalId!: string | null;
  @Directive("@external")
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: "Date of birth, known to the residence registry (ngày sinh).",
  })
  dateOfBirth?: PartialDate | null;
  @RequiresScopes("health-insurance:read")
  @Field(() => HealthInsuranceCard, { nullable: true, description: "The citizen's card (thẻ bảo hiểm y tế)." })
  healthInsuranceCard?: HealthInsuranceCard | null;
  @RequiresScopes("health-insurance:read")
  @Field(() => RecordedPerson, {
    nullable: true,
    description:
      "Name and date of birth on the citizen's card (thông tin trên thẻ bảo hiểm y tế); null for a card of before they were kept.",
  })
  recordedOnCard?: RecordedPerson | null;
  @Directive('@requires(fields: "dateOfBirth")')
  @RequiresScopes("citizen:read", "health-insurance:read")
  @Field(() => ChildCardEntitlement, {
    nullable: true,
    description: "Entitlement to a child's card and its last day (quyền được cấp thẻ trẻ em), art. 12 and 16.",
  })
  childCardEntitlement?: ChildCardEntitlement | null;
}

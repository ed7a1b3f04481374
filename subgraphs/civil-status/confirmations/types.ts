import { Directive, Field, ID, ObjectType } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { Commune } from "../../_shared/registers/commune-type.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { MaritalStatusEnum } from "../marriages/marital-status-type.ts";
import { CivilPerson } from "../persons/types.ts";
import type { ConfirmationDetails } from "./read-confirmation.ts";
import type { maritalConfirmations } from "./tables.ts";

type Row = typeof maritalConfirmations.$inferSelect;

@ObjectType({ description: "Period for which a status is confirmed (thời gian xác nhận)." })
export class ConfirmedPeriod {
  @Field(() => DateScalar, { nullable: true, description: "First day (từ ngày)." })
  from!: LegalDay;
  @Field(() => DateScalar, { nullable: true, description: "Last day (đến ngày)." })
  to!: LegalDay;
}

@Directive('@key(fields: "id")')
@ObjectType({
  description: "Confirmation of the marital status (giấy xác nhận tình trạng hôn nhân), Decree 123/2015, art. 21-23.",
})
export class MaritalStatusConfirmation {
  @Field(() => ID, { description: "Id of the confirmation (mã bản ghi)." })
  id!: Row["id"];
  /** Not shown; the record of the reading names it. */
  dossier!: Row["dossier"];
  @RequiresScopes("marriage:read")
  @Field(() => String, { nullable: true, description: "Number in the book, n/yyyy of its office (số)." })
  number!: string;
  @RequiresScopes("marriage:read")
  @Field(() => Commune, { nullable: true, description: "Commune of the office (nơi cấp)." })
  office!: Commune | null;
  @RequiresScopes("marriage:read")
  @Field(() => MaritalStatusEnum, { nullable: true, description: "The status (tình trạng hôn nhân)." })
  status!: Row["status"];
  @RequiresScopes("marriage:read")
  @Field(() => CivilPerson, { nullable: true, description: "The person (người được xác nhận)." })
  person!: CivilPerson;
  @RequiresScopes("marriage:read")
  @Field(() => DateScalar, { nullable: true, description: "Day of issue (ngày cấp)." })
  issuedOn!: Row["issuedOn"];
  @RequiresScopes("marriage:read")
  @Field(() => DateScalar, { nullable: true, description: "Last day of its six months (có giá trị đến ngày)." })
  validTo!: Row["validTo"];
  @RequiresScopes("marriage:read")
  @Field(() => Boolean, {
    nullable: true,
    description: "True while its six months last and the status has not changed since (còn giá trị).",
  })
  isValid!: boolean;
  @RequiresScopes("marriage:read")
  @Field(() => ConfirmedPeriod, { nullable: true, description: "Period; null for up to its issue (thời gian)." })
  period!: ConfirmedPeriod | null;
  @RequiresScopes("marriage:read")
  @Field(() => String, { nullable: true, description: "Purpose of its use (mục đích sử dụng)." })
  purpose!: ConfirmationDetails["purpose"];
}

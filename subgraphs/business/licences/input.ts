import { Field, ID, InputType } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { LicenceKindEnum } from "../types.ts";
import type { LicenceKind } from "./licence-kinds.ts";

const GROUND = "Document or dossier on which it rests (căn cứ).";
const NUMBER = "Number of the licence (số giấy phép).";
const EXPIRES =
  "Last day of the term, yyyy-MM-dd; left out, that of the longest term of the kind, or none (ngày hết hạn).";

@InputType({ description: "Issue of a licence to trade (cấp giấy phép)." })
export class LicenceInput {
  @Field(() => String, { description: "Code of the business (mã số)." })
  business!: string;
  @Field(() => LicenceKindEnum, { description: "Kind (loại giấy phép)." })
  kind!: LicenceKind;
  @Field(() => String, { description: NUMBER })
  number!: string;
  @Field(() => String, { description: "Authority that issued it (cơ quan cấp)." })
  issuer!: string;
  @Field(() => String, { description: "Day of issue, yyyy-MM-dd, today or before (ngày cấp)." })
  issuedOn!: string;
  @Field(() => String, { nullable: true, description: EXPIRES })
  expiresOn?: string | null;
  @Field(() => String, { description: GROUND })
  ground!: string;
}

@InputType({ description: "Renewal of a licence in force, under the same number (gia hạn giấy phép)." })
export class LicenceRenewalInput {
  @Field(() => String, { description: NUMBER })
  number!: string;
  @Field(() => String, { description: "Day of the renewal, yyyy-MM-dd, today or before (ngày gia hạn)." })
  issuedOn!: string;
  @Field(() => String, { nullable: true, description: EXPIRES })
  expiresOn?: string | null;
  @Field(() => String, { description: GROUND })
  ground!: string;
}

@InputType({ description: "Revocation of a licence (thu hồi giấy phép)." })
export class LicenceRevocationInput {
  @Field(() => String, { description: NUMBER })
  number!: string;
  @Field(() => String, { description: GROUND })
  ground!: string;
}

@InputType({ description: "Filter of expiring licences; all conditions hold together (bộ lọc giấy phép sắp hết hạn)." })
export class ExpiringLicenceFilter {
  @Field(() => ID, { nullable: true, description: "Code of the commune of the business (mã đơn vị hành chính)." })
  commune?: string | null;
  @Field(() => LicenceKindEnum, { nullable: true, description: "Kind (loại giấy phép)." })
  kind?: LicenceKind | null;
  @Field(() => DateScalar, {
    nullable: true,
    description:
      "The renewal is to be requested by this day; left out, those whose renewal window is open (hạn nộp hồ sơ đến ngày).",
  })
  renewBy?: LegalDay | null;
}

import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Commune } from "../_shared/registers/commune-type.ts";
import { RequiresScopes } from "../_shared/rights/directive.ts";
import { AlsoId } from "../_shared/serving/id-field.ts";
import { DateScalar, PersonalIdScalar } from "../_shared/serving/scalars.ts";
import { LICENCE_KINDS, type LicenceKind, licenceKinds } from "./licence-kinds.ts";
import type { businesses, businessVersions, licences, licenceVersions } from "./tables.ts";

type BusinessRow = typeof businesses.$inferSelect & typeof businessVersions.$inferSelect;
type LicenceRow = typeof licences.$inferSelect & typeof licenceVersions.$inferSelect;

const BusinessKindEnum: Record<BusinessRow["kind"], BusinessRow["kind"]> = {
  HOUSEHOLD: "HOUSEHOLD",
  ENTERPRISE: "ENTERPRISE",
};
registerEnumType(BusinessKindEnum, {
  name: "BusinessKind",
  description: "Form of a business (loại hình kinh doanh).",
  valuesConfig: {
    HOUSEHOLD: { description: "Household business (hộ kinh doanh)." },
    ENTERPRISE: { description: "Enterprise (doanh nghiệp), Law on Enterprises 59/2020." },
  },
});

// one value for each kind, under its own name; described by the kind's Vietnamese name and its article
const LicenceKindEnum = Object.fromEntries(licenceKinds.map((kind) => [kind, kind])) as Record<
  LicenceKind,
  LicenceKind
>;
registerEnumType(LicenceKindEnum, {
  name: "LicenceKind",
  description: "Kind of a licence to trade (loại giấy phép, giấy chứng nhận đủ điều kiện kinh doanh).",
  valuesConfig: Object.fromEntries(
    licenceKinds.map((kind) => {
      const { vi, en, basis } = LICENCE_KINDS[kind];
      return [kind, { description: `${en} (${vi}), ${basis}.` }];
    }),
  ),
});

@ObjectType({ description: "Licence to trade (giấy phép, giấy chứng nhận đủ điều kiện kinh doanh)." })
export class Licence {
  @AlsoId()
  @Field(() => ID, { description: "Number of the licence (số giấy phép)." })
  number!: LicenceRow["number"];
  @Field(() => LicenceKindEnum, { description: "Kind of licence (loại giấy phép)." })
  kind!: LicenceRow["kind"];
  @Field(() => String, { description: "Vietnamese name of that kind (tên giấy phép)." })
  kindName!: string;
  @Field(() => DateScalar, { description: "Day of issue (ngày cấp)." })
  issuedOn!: LicenceRow["issuedOn"];
  @Field(() => DateScalar, {
    nullable: true,
    description: "Last day of the term (ngày hết hạn); null if the licence has no term.",
  })
  expiresOn!: LicenceRow["expiresOn"];
}

@ObjectType({ description: "Household business or enterprise (hộ kinh doanh, doanh nghiệp)." })
export class Business {
  @Field(() => ID, { description: "Id of the register entry (mã bản ghi)." })
  id!: BusinessRow["id"];
  @Field(() => ID, {
    description: "Tax code, or the code of a household business (mã số doanh nghiệp, mã số hộ kinh doanh).",
  })
  code!: BusinessRow["code"];
  @Field(() => String, { description: "Name (tên)." })
  name!: BusinessRow["name"];
  @Field(() => BusinessKindEnum, { description: "Form of the business (loại hình)." })
  kind!: BusinessRow["kind"];
  @Field(() => String, { description: "Main industry, VSIC level 4 (mã ngành); Decision 36/2025/QĐ-TTg." })
  industry!: BusinessRow["industry"];
  @Field(() => DateScalar, { description: "Day of first registration (ngày đăng ký lần đầu)." })
  registeredOn!: BusinessRow["registeredOn"];
  @Field(() => Commune, { description: "Commune of the registration (đơn vị hành chính)." })
  commune!: Commune;
  @Field(() => String, { description: "House and neighbourhood (địa chỉ)." })
  addressLine!: BusinessRow["addressLine"];
  @Field(() => [Licence], { nullable: true, description: "Licences of the business (giấy phép)." })
  licences?: Licence[];
}

@Directive('@key(fields: "personalId")')
@ObjectType({ description: "A citizen; each agency adds fields (công dân)." })
export class Citizen {
  @Field(() => PersonalIdScalar, {
    nullable: true,
    description: "Personal identification number (số định danh cá nhân).",
  })
  personalId!: string | null;
  @RequiresScopes("business:read")
  @Field(() => [Business], {
    nullable: true,
    description: "Businesses the citizen owns or represents (hộ kinh doanh, doanh nghiệp).",
  })
  businesses?: Business[];
}

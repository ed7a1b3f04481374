import { Directive, Field, Float, ID, Int, ObjectType } from "type-graphql";
import { Commune } from "../_shared/registers/commune-type.ts";
import { RequiresScopes } from "../_shared/rights/directive.ts";
import { describedEnum } from "../_shared/serving/described-enum.ts";
import { AlsoId } from "../_shared/serving/id-field.ts";
import { DateScalar, PersonalIdScalar } from "../_shared/serving/scalars.ts";
import type {
  certificateHolders,
  certificates,
  certificateVersions,
  ParcelState,
  parcels,
  parcelVersions,
} from "./tables.ts";

type ParcelRow = typeof parcels.$inferSelect & typeof parcelVersions.$inferSelect;
type CertificateRow = typeof certificates.$inferSelect & typeof certificateVersions.$inferSelect;

export const LandParcelStateEnum = describedEnum<ParcelState>("LandParcelState", "State of a parcel (tình trạng).", {
  LIVE: "In force (đang có hiệu lực).",
  SPLIT: "Ended: other parcels were made of it (đã tách thửa).",
  MERGED: "Ended: it became part of another parcel (đã hợp thửa).",
});

@ObjectType({ description: "A land parcel (thửa đất), Land Law 31/2024; Circular 09/2024/TT-BTNMT." })
export class LandParcel {
  @Field(() => ID, { description: "Parcel identifier, a 12-character GeoHash (mã định danh thửa đất)." })
  id!: ParcelRow["id"];
  @Field(() => Float, { description: "Area in square metres, one decimal (diện tích)." })
  areaM2!: ParcelRow["areaM2"];
  @Field(() => Commune, { description: "Commune of the parcel (đơn vị hành chính)." })
  commune!: Commune;
  @Field(() => Int, { description: "Number of the map sheet (số tờ bản đồ)." })
  sheetNumber!: ParcelRow["sheetNo"];
  @Field(() => Int, { description: "Number of the parcel on its sheet (số thửa)." })
  parcelNumber!: ParcelRow["parcelNo"];
  @Field(() => String, { description: "Code of the purpose of use, such as ODT or LUC (mục đích sử dụng đất)." })
  purpose!: ParcelRow["purpose"];
  @Field(() => DateScalar, {
    nullable: true,
    description: "Last day of the term of use; null for long-term use (thời hạn sử dụng).",
  })
  termEndsOn!: ParcelRow["termEndsOn"];
  @Field(() => LandParcelStateEnum, { description: "State (tình trạng)." })
  state!: ParcelRow["state"];
}

@ObjectType({ description: "Land-use certificate (giấy chứng nhận quyền sử dụng đất), Land Law 31/2024, art. 134." })
export class LandCertificate {
  @AlsoId()
  @Field(() => ID, { description: "Serial, two letters and eight (formerly six) digits (số phát hành)." })
  serial!: CertificateRow["serial"];
  @Field(() => LandParcel, { description: "The parcel (thửa đất)." })
  parcel!: LandParcel;
  @Field(() => DateScalar, { description: "Day of issue (ngày cấp)." })
  issuedOn!: CertificateRow["issuedOn"];
  @Field(() => String, { nullable: true, description: "Number in the book of certificates (số vào sổ)." })
  bookNumber!: CertificateRow["bookNumber"];
}

@ObjectType({ description: "Share of a right, in lowest terms (phần quyền)." })
export class LandShare {
  @Field(() => Int, { description: "Numerator (tử số)." })
  numerator!: number;
  @Field(() => Int, { description: "Denominator (mẫu số)." })
  denominator!: number;
}

@ObjectType({ description: "Holder of a right in a certificate, with the share in it (người sử dụng đất)." })
export class LandHolder {
  @Field(() => Citizen, { nullable: true, description: "The citizen (công dân)." })
  citizen!: Pick<Citizen, "personalId">;
  @Field(() => String, { nullable: true, description: "Full name as on the certificate (họ tên)." })
  fullName!: (typeof certificateHolders.$inferSelect)["fullName"];
  @Field(() => LandShare, { nullable: true, description: "Share of the whole right (phần quyền)." })
  share!: LandShare;
}

@Directive('@key(fields: "personalId")')
@ObjectType({ description: "A citizen; each agency adds fields (công dân)." })
export class Citizen {
  @Field(() => PersonalIdScalar, {
    nullable: true,
    description: "Personal identification number (số định danh cá nhân).",
  })
  personalId!: string | null;
  @RequiresScopes("land:read")
  @Field(() => [LandCertificate], {
    nullable: true,
    description: "Certificates in which the citizen holds the right (giấy chứng nhận quyền sử dụng đất).",
  })
  landCertificates?: LandCertificate[];
}

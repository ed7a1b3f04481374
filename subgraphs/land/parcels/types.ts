import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { Commune } from "../../_shared/registers/commune-type.ts";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { LandEncumbrance } from "../encumbrances/types.ts";
import type { parcelVersions } from "../tables.ts";
import { LandHolder, LandParcel, LandParcelStateEnum } from "../types.ts";

type VersionRow = typeof parcelVersions.$inferSelect;

@ObjectType({ description: "What the register says of a parcel as of a day (thông tin thửa đất tại một ngày)." })
export class LandParcelOnDay {
  @Field(() => ID, { description: "Code of the parcel and the day, for client caches (định danh)." })
  id!: string;
  @Field(() => DateScalar, { description: "The day (ngày)." })
  on!: LegalDay;
  @Field(() => Float, { description: "Area in square metres (diện tích)." })
  areaM2!: VersionRow["areaM2"];
  @Field(() => Commune, { description: "Commune (đơn vị hành chính)." })
  commune!: Commune;
  @Field(() => Int, { description: "Number of the map sheet (số tờ bản đồ)." })
  sheetNumber!: VersionRow["sheetNo"];
  @Field(() => Int, { description: "Number of the parcel on its sheet (số thửa)." })
  parcelNumber!: VersionRow["parcelNo"];
  @Field(() => String, { description: "Code of the purpose of use (mục đích sử dụng đất)." })
  purpose!: VersionRow["purpose"];
  @Field(() => DateScalar, { nullable: true, description: "Last day of the term of use (thời hạn sử dụng)." })
  termEndsOn!: VersionRow["termEndsOn"];
  @Field(() => LandParcelStateEnum, { description: "State (tình trạng)." })
  state!: VersionRow["state"];
  @Field(() => String, { nullable: true, description: "Serial of the certificate then in force (số phát hành)." })
  certificateSerial!: string | null;
  @Field(() => [LandHolder], { description: "Holders at the end of the day (người sử dụng đất)." })
  holders!: LandHolder[];
  @Field(() => [LandEncumbrance], { description: "Encumbrances at the end of the day (hạn chế)." })
  encumbrances!: LandEncumbrance[];
}

@ObjectType({ description: "A page of parcels, by map sheet and number (danh sách thửa đất)." })
export class LandParcelConnection {
  @Field(() => [LandParcel], { description: "The parcels (các thửa đất)." })
  nodes!: LandParcel[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

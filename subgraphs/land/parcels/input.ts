import { Field, Float, ID, InputType, Int } from "type-graphql";
import { LandBlankInput, LandHolderInput } from "../certificates/input.ts";

@InputType({ description: "A parcel that is entered, with its certificate (thửa đất mới)." })
export class LandNewParcelInput {
  @Field(() => ID, { description: "Code, a 12-character GeoHash (mã định danh thửa đất)." })
  code!: string;
  @Field(() => Int, { description: "Number of the map sheet (số tờ bản đồ)." })
  sheetNumber!: number;
  @Field(() => Int, { description: "Number of the parcel on its sheet (số thửa)." })
  parcelNumber!: number;
  @Field(() => Float, { description: "Area in square metres, one decimal at most (diện tích)." })
  areaM2!: number;
  @Field(() => LandBlankInput, { description: "Its certificate (giấy chứng nhận)." })
  certificate!: LandBlankInput;
}

@InputType({ description: "First registration of a parcel and its holders (đăng ký đất đai lần đầu)." })
export class LandRegistrationInput {
  @Field(() => LandNewParcelInput, { description: "The parcel (thửa đất)." })
  parcel!: LandNewParcelInput;
  @Field(() => ID, { description: "Code of the commune (mã đơn vị hành chính cấp xã)." })
  commune!: string;
  @Field(() => String, { description: "Code of the purpose of use, such as ODT (mục đích sử dụng đất)." })
  purpose!: string;
  @Field(() => String, {
    nullable: true,
    description: "Last day of the term of use, yyyy-MM-dd; left out for long-term use (thời hạn sử dụng).",
  })
  termEndsOn?: string | null;
  @Field(() => [LandHolderInput], { description: "Holders, whose shares add up to 1 (người sử dụng đất)." })
  holders!: LandHolderInput[];
  @Field(() => String, { description: "Decision or dossier on which it rests (căn cứ)." })
  ground!: string;
}

@InputType({ description: "Split of a parcel (tách thửa)." })
export class LandSplitInput {
  @Field(() => ID, { description: "Code of the parcel that is split (mã thửa đất)." })
  parcel!: string;
  @Field(() => [LandNewParcelInput], { description: "The new parcels, which have its area together (các thửa mới)." })
  into!: LandNewParcelInput[];
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}

@InputType({ description: "Merge of parcels (hợp thửa)." })
export class LandMergeInput {
  @Field(() => [ID], { description: "Codes of the parcels that are merged (mã các thửa đất)." })
  parcels!: string[];
  @Field(() => LandNewParcelInput, { description: "The new parcel, which has their area together (thửa mới)." })
  into!: LandNewParcelInput;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}

@InputType({ description: "Filter of parcels in force (bộ lọc thửa đất)." })
export class LandParcelFilter {
  @Field(() => ID, { description: "Code of the commune (mã đơn vị hành chính cấp xã)." })
  commune!: string;
  @Field(() => Int, { nullable: true, description: "Number of the map sheet (số tờ bản đồ)." })
  sheetNumber?: number | null;
  @Field(() => Int, { nullable: true, description: "Number of the parcel on its sheet (số thửa)." })
  parcelNumber?: number | null;
}

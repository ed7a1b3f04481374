import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Agency } from "../../_shared/registers/agency-type.ts";
import { AlsoId } from "../../_shared/serving/id-field.ts";

/** Lists of relations by purpose. */
export const RelationUse = { HOUSEHOLD: "HOUSEHOLD", BIRTH_DECLARANT: "BIRTH_DECLARANT" } as const;
export type RelationUse = keyof typeof RelationUse;
registerEnumType(RelationUse, {
  name: "RelationUse",
  description: "Purpose of a list of relations (mục đích sử dụng danh mục quan hệ).",
  valuesConfig: {
    HOUSEHOLD: { description: "To the head of household, form CT01 (quan hệ với chủ hộ)." },
    BIRTH_DECLARANT: {
      description:
        "To the child, of a person who may declare a birth (người đi đăng ký khai sinh); Law on Civil Status 60/2014, art. 15.",
    },
  },
});

@ObjectType({
  description: "A province or centrally run city since 2025-07-01 (tỉnh, thành phố trực thuộc trung ương).",
})
export class Province {
  @AlsoId()
  @Field(() => ID, { description: "Two-digit code of the list in force since 2025-07-01 (mã tỉnh)." })
  code!: string;
  @Field(() => String, { description: "Name with its type (tên gọi)." })
  name!: string;
}

@ObjectType({ description: "A commune before 2025-07-01 (đơn vị hành chính cấp xã trước ngày 01/07/2025)." })
export class FormerCommune {
  @Field(() => ID, { nullable: true, description: "Five-digit code; null where no list has it (mã cũ)." })
  code!: string | null;
  @Field(() => String, { description: "Name with its type (tên cũ)." })
  name!: string;
  @Field(() => String, { description: "District of that time (huyện, quận cũ)." })
  district!: string;
  @Field(() => String, { description: "Province of that time (tỉnh, thành phố cũ)." })
  province!: string;
}

@ObjectType({ description: "A commune in the list for filling a form (đơn vị hành chính cấp xã trong danh mục)." })
export class ListedCommune {
  @AlsoId()
  @Field(() => ID, { description: "Five-digit code of the list in force since 2025-07-01 (mã đơn vị hành chính)." })
  code!: string;
  @Field(() => String, { description: "Full name (tên gọi)." })
  name!: string;
  @Field(() => Province, { description: "Its province (tỉnh, thành phố)." })
  province!: Province;
  @Directive("@listSize(assumedSize: 4)")
  @Field(() => [FormerCommune], { description: "Communes merged into it on 2025-07-01 (các đơn vị cũ đã sáp nhập)." })
  formerCommunes!: FormerCommune[];
}

@ObjectType({ description: "An ethnic group (dân tộc); Decision 121-TCTK/PPCĐ of 1979." })
export class EthnicGroup {
  @AlsoId()
  @Field(() => ID, { description: "Two-digit code; 55 stands for foreigners (mã dân tộc)." })
  code!: string;
  @Field(() => String, { description: "Name to be entered in a form (tên dân tộc)." })
  name!: string;
  @Directive("@listSize(assumedSize: 8)")
  @Field(() => [String], { description: "Other names and branches, which a form accepts as well (tên gọi khác)." })
  otherNames!: string[];
}

@ObjectType({ description: "A relation between two persons (quan hệ)." })
export class ListedRelation {
  @Field(() => ID, { description: "Purpose and code, for client caches (định danh)." })
  id!: string;
  @Field(() => ID, { description: "Code to be entered in a form, such as MOTHER (mã quan hệ)." })
  code!: string;
  @Field(() => String, { description: "Vietnamese term (tên quan hệ)." })
  name!: string;
}

@ObjectType({ description: "A nationality (quốc tịch); ISO 3166-1." })
export class ListedNationality {
  @AlsoId()
  @Field(() => ID, { description: "Three letters of ISO 3166-1; XXA for a stateless person (mã quốc tịch)." })
  code!: string;
  @Field(() => String, { description: "Name of the country in Vietnamese (tên nước)." })
  name!: string;
  @Field(() => String, { description: "Name of the country in English (tên tiếng Anh)." })
  nameEn!: string;
}

@ObjectType({ description: "A kind of paper that procedures ask for (loại giấy tờ)." })
export class ListedPaper {
  @AlsoId()
  @Field(() => ID, { description: "Code of the paper (mã giấy tờ)." })
  code!: string;
  @Field(() => String, { description: "Name (tên giấy tờ)." })
  name!: string;
  @Field(() => String, { description: "Provision that asks for it (căn cứ pháp lý)." })
  basis!: string;
  @Field(() => Agency, {
    nullable: true,
    description: "Agency that holds it already, so that the citizen need not bring it (cơ quan đang lưu giữ).",
  })
  heldBy!: Agency | null;
}

@ObjectType({ description: "A problem code and its meaning (mã lỗi và ý nghĩa)." })
export class ProblemCode {
  @AlsoId()
  @Field(() => ID, { description: "Stable code, UPPER_SNAKE (mã lỗi)." })
  code!: string;
  @Field(() => String, { description: "Meaning and remedy in Vietnamese; … stands for a value (ý nghĩa)." })
  meaning!: string;
  @Field(() => String, { description: "Meaning and remedy in English (ý nghĩa, tiếng Anh)." })
  meaningEn!: string;
}

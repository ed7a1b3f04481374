import { Field, ID, InputType, Int } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";

@InputType({ description: "Share of a right as a fraction (phần quyền)." })
export class LandShareInput {
  @Field(() => Int, { description: "Numerator, 1 or more (tử số)." })
  numerator!: number;
  @Field(() => Int, { description: "Denominator, at most 1,000,000 (mẫu số)." })
  denominator!: number;
}

@InputType({ description: "A person who receives a right in land (người nhận quyền)." })
export class LandHolderInput {
  @Field(() => String, { description: "Personal identification number (số định danh cá nhân)." })
  personalId!: string;
  @Field(() => String, { description: "Full name as on the certificate (họ tên)." })
  fullName!: string;
  @Field(() => LandShareInput, { description: "Share of the whole right (phần quyền)." })
  share!: LandShareInput;
}

type TransferKind = "TRANSFER" | "GIFT" | "INHERITANCE";
const KINDS: Described<TransferKind> = {
  TRANSFER: "Transfer for a price (chuyển nhượng).",
  GIFT: "Gift (tặng cho).",
  INHERITANCE: "Inheritance; those who give are the deceased (thừa kế).",
};
const LandTransferKindEnum = describedEnum<TransferKind>(
  "LandTransferKind",
  "Kind of a change of holders (hình thức chuyển quyền); Land Law 31/2024/QH15, art. 45.",
  KINDS,
);

@InputType({ description: "A holder who gives a right away (người chuyển quyền)." })
export class LandGiverInput {
  @Field(() => String, { description: "Personal identification number (số định danh cá nhân)." })
  personalId!: string;
  @Field(() => LandShareInput, {
    nullable: true,
    description: "Share of the whole right; all that the person holds if left out (phần quyền).",
  })
  share?: LandShareInput | null;
}

@InputType({ description: "Change of the holders of a parcel (đăng ký biến động về người sử dụng đất)." })
export class LandTransferInput {
  @Field(() => LandTransferKindEnum, { description: "Kind (hình thức)." })
  kind!: TransferKind;
  @Field(() => ID, { description: "Code of the parcel (mã thửa đất)." })
  parcel!: string;
  @Field(() => [LandGiverInput], { description: "Who gives (bên chuyển quyền)." })
  from!: LandGiverInput[];
  @Field(() => [LandHolderInput], { description: "Who receives (bên nhận quyền)." })
  to!: LandHolderInput[];
  @Field(() => String, { description: "Contract or document of inheritance, or the dossier (căn cứ)." })
  ground!: string;
}

@InputType({ description: "The blank on which a certificate is issued (phôi giấy chứng nhận)." })
export class LandBlankInput {
  @Field(() => String, { description: "Serial, two letters and eight digits (số phát hành)." })
  serial!: string;
  @Field(() => String, { description: "Number in the book of certificates (số vào sổ)." })
  bookNumber!: string;
}

@InputType({ description: "Issue of a certificate in place of the one in force (cấp mới giấy chứng nhận)." })
export class LandCertificateIssueInput {
  @Field(() => ID, { description: "Code of the parcel (mã thửa đất)." })
  parcel!: string;
  @Field(() => LandBlankInput, { description: "The new certificate (giấy chứng nhận mới)." })
  certificate!: LandBlankInput;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}

@InputType({ description: "Filter of certificates in force; all conditions hold together (bộ lọc giấy chứng nhận)." })
export class LandCertificateFilter {
  @Field(() => String, {
    nullable: true,
    description:
      "Serial, parcel code, personal number of a holder, or words of the name with or without diacritics (từ khóa).",
  })
  search?: string | null;
  @Field(() => ID, { nullable: true, description: "Code of the commune (mã đơn vị hành chính cấp xã)." })
  commune?: string | null;
  @Field(() => DateScalar, { nullable: true, description: "First day of issue (cấp từ ngày)." })
  issuedFrom?: LegalDay | null;
  @Field(() => DateScalar, { nullable: true, description: "Last day of issue (cấp đến ngày)." })
  issuedTo?: LegalDay | null;
  @Field(() => String, { nullable: true, description: "Number in the book of certificates (số vào sổ)." })
  bookNumber?: string | null;
}

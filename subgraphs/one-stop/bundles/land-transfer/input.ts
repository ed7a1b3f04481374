import { Field, ID, InputType, Int } from "type-graphql";
import { describedEnum } from "../../../_shared/serving/described-enum.ts";
import type { Channel } from "../../acceptance/application.ts";
import type { AddressInput } from "../../applicants/input.ts";
import {
  ChannelField,
  EmailField,
  FilledByField,
  HandoverField,
  LetterAddressField,
  PhoneField,
} from "../../application-fields/input.ts";
import type { FilledByInput } from "../../filled-by/input.ts";
import type { ResultHandoverInput } from "../../handover/input.ts";
import type { LandTransferKind } from "./land-transfer-request.ts";

const LandContractKindEnum = describedEnum<LandTransferKind>(
  "LandContractKind",
  "Legal form of a transfer of land (hình thức chuyển quyền); Land Law 31/2024/QH15, art. 45.",
  {
    TRANSFER: "Transfer for a price (chuyển nhượng).",
    GIFT: "Gift (tặng cho).",
    INHERITANCE: "Inheritance; those who give are the deceased (thừa kế).",
  },
);

@InputType({ description: "Person who submits the request for a transfer of land (người nộp hồ sơ)." })
export class LandTransferDeclarantInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { nullable: true, description: "Personal identification number (số định danh cá nhân)." })
  personalId?: string | null;
  @PhoneField()
  phone?: string | null;
  @EmailField()
  email?: string | null;
  @LetterAddressField()
  address?: AddressInput | null;
}

@InputType({ description: "The notarised contract or document of inheritance (hợp đồng, văn bản chuyển quyền)." })
export class LandContractInput {
  @Field(() => LandContractKindEnum, { description: "Legal form (hình thức)." })
  kind!: LandTransferKind;
  @Field(() => String, { description: "Number (số)." })
  number!: string;
  @Field(() => String, { description: "Day of the notarisation, yyyy-MM-dd (ngày công chứng, chứng thực)." })
  signedOn!: string;
  @Field(() => String, { description: "Notary or office that certified it (tổ chức công chứng, chứng thực)." })
  notary!: string;
}

@InputType({ description: "The land that is transferred (thửa đất chuyển quyền)." })
export class TransferredLandInput {
  @Field(() => String, { description: "Serial of the certificate in force (số phát hành giấy chứng nhận)." })
  certificate!: string;
  @Field(() => ID, { description: "Code of the parcel, a 12-character GeoHash (mã định danh thửa đất)." })
  parcel!: string;
}

@InputType({ description: "Share of the whole right as a fraction (phần quyền)." })
export class TransferredShareInput {
  @Field(() => Int, { description: "Numerator, 1 or more (tử số)." })
  numerator!: number;
  @Field(() => Int, { description: "Denominator, at most 1,000,000 (mẫu số)." })
  denominator!: number;
}

@InputType({ description: "Person who gives a right in land away (bên chuyển quyền)." })
export class LandTransferorInput {
  @Field(() => String, { description: "Full name as on the certificate (họ tên)." })
  fullName!: string;
  @Field(() => String, { description: "Personal identification number (số định danh cá nhân)." })
  personalId!: string;
  @Field(() => TransferredShareInput, {
    nullable: true,
    description: "Share of the whole right; all that the person holds if left out (phần quyền).",
  })
  share?: TransferredShareInput | null;
}

@InputType({ description: "Person who receives a right in land (bên nhận quyền)." })
export class LandTransfereeInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { description: "Personal identification number (số định danh cá nhân)." })
  personalId!: string;
  @Field(() => TransferredShareInput, { description: "Share of the whole right (phần quyền)." })
  share!: TransferredShareInput;
}

@InputType({
  description:
    "One request for a transfer of land: registration, financial obligations, their payment, certificate (liên thông chuyển quyền sử dụng đất); Land Law 31/2024/QH15, art. 45.",
})
export class LandTransferBundleInput {
  @Field(() => String, { description: "Commune code of the receiving office (nơi tiếp nhận)." })
  office!: string;
  @ChannelField()
  channel!: Channel;
  @Field(() => LandTransferDeclarantInput, { description: "Person who submits the request (người nộp hồ sơ)." })
  declarant!: LandTransferDeclarantInput;
  @Field(() => LandContractInput, { description: "The contract (hợp đồng)." })
  contract!: LandContractInput;
  @Field(() => TransferredLandInput, { description: "The land (thửa đất)." })
  land!: TransferredLandInput;
  @Field(() => [LandTransferorInput], { description: "Who gives (bên chuyển quyền)." })
  from!: LandTransferorInput[];
  @Field(() => [LandTransfereeInput], { description: "Who receives, with shares that add up (bên nhận quyền)." })
  to!: LandTransfereeInput[];
  @HandoverField()
  handover?: ResultHandoverInput | null;
  @FilledByField()
  filledBy?: FilledByInput | null;
}

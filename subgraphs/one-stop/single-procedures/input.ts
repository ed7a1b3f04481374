import { Field, ID, InputType, Int } from "type-graphql";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { ClientJsonScalar } from "../../_shared/serving/scalars.ts";
import type { Channel, HandoverMethod } from "../acceptance/application.ts";
import { ChannelEnum, HandoverMethodEnum } from "../dossiers/enums.ts";
import { FilledByInput } from "../filled-by/input.ts";
import { DeliveryAddressInput } from "../handover/input.ts";

type PaperKind = "ORIGINAL" | "CERTIFIED_COPY" | "COPY" | "SCAN" | "ELECTRONIC";
const PaperKindEnum = describedEnum<PaperKind>("PaperKind", "Kind of a submitted paper (loại bản của giấy tờ).", {
  ORIGINAL: "The original (bản chính).",
  CERTIFIED_COPY: "Certified copy (bản sao có chứng thực, bản sao từ sổ gốc).",
  COPY: "Copy without certification (bản sao, bản chụp).",
  SCAN: "Scan or photograph of the original (bản quét, ảnh chụp từ bản chính).",
  ELECTRONIC: "Document issued electronically (bản điện tử).",
});

@InputType({ description: "Person who submits a dossier (người nộp hồ sơ)." })
export class ApplicantInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { nullable: true, description: "Personal identification number (số định danh cá nhân)." })
  personalId?: string | null;
  @Field(() => String, { nullable: true, description: "Relation to the subject (quan hệ với người được giải quyết)." })
  relation?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Phone; its last four digits open the tracking page (số điện thoại).",
  })
  phone?: string | null;
  @Field(() => String, { nullable: true, description: "E-mail address (thư điện tử)." })
  email?: string | null;
}

@InputType({ description: "A paper submitted with a dossier (giấy tờ nộp kèm)." })
export class PaperInput {
  @Field(() => String, { description: "Code of the paper (mã giấy tờ)." })
  code!: string;
  @Field(() => String, { nullable: true, description: "Id of the attachment, sha256:… (tệp đính kèm)." })
  attachment?: string | null;
  @Field(() => PaperKindEnum, { nullable: true, description: "Kind of the copy (loại bản)." })
  kind?: PaperKind | null;
}

@InputType({ description: "Handover of the results (trả kết quả)." })
export class ResultHandoverInput {
  @Field(() => HandoverMethodEnum, { description: "How the results are received (hình thức nhận kết quả)." })
  method!: HandoverMethod;
  @Field(() => Int, { nullable: true, description: "Number of paper copies (số bản giấy)." })
  paperCopies?: number | null;
  @Field(() => DeliveryAddressInput, {
    nullable: true,
    description: "Address; required of results by post (địa chỉ nhận kết quả).",
  })
  address?: DeliveryAddressInput | null;
}

@InputType({ description: "A dossier for one procedure of the catalogue (hồ sơ một thủ tục)." })
export class DossierInput {
  @Field(() => ID, { description: "Code of the procedure (mã thủ tục)." })
  procedure!: string;
  @Field(() => String, { description: "Commune code of the receiving office (nơi tiếp nhận)." })
  office!: string;
  @Field(() => ChannelEnum, { description: "Channel of the submission (hình thức tiếp nhận)." })
  channel!: Channel;
  @Field(() => ApplicantInput, { description: "Person who submits it (người nộp)." })
  declarant!: ApplicantInput;
  @Field(() => ClientJsonScalar, { description: "Answers to the procedure's form (nội dung tờ khai)." })
  form!: unknown;
  @Field(() => [PaperInput], { nullable: true, description: "Papers submitted (giấy tờ nộp kèm)." })
  papers?: PaperInput[] | null;
  @Field(() => FilledByInput, { nullable: true, description: "Person who fills the form in (người khai giúp)." })
  filledBy?: FilledByInput | null;
  @Field(() => ResultHandoverInput, {
    nullable: true,
    description: "Handover of the results; at the desk by default (trả kết quả).",
  })
  handover?: ResultHandoverInput | null;
}

import { Field, ID, InputType } from "type-graphql";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { ClientJsonScalar } from "../../_shared/serving/scalars.ts";
import type { Channel } from "../acceptance/application.ts";
import type { AddressInput } from "../applicants/input.ts";
import {
  ChannelField,
  EmailField,
  FilledByField,
  HandoverField,
  LetterAddressField,
  PhoneField,
} from "../application-fields/input.ts";
import type { FilledByInput } from "../filled-by/input.ts";
import type { ResultHandoverInput } from "../handover/input.ts";

export type PaperKind = "ORIGINAL" | "CERTIFIED_COPY" | "COPY" | "SCAN" | "ELECTRONIC";
export const PaperKindEnum = describedEnum<PaperKind>(
  "PaperKind",
  "Kind of a submitted paper (loại bản của giấy tờ).",
  {
    ORIGINAL: "The original (bản chính).",
    CERTIFIED_COPY: "Certified copy (bản sao có chứng thực, bản sao từ sổ gốc).",
    COPY: "Copy without certification (bản sao, bản chụp).",
    SCAN: "Scan or photograph of the original (bản quét, ảnh chụp từ bản chính).",
    ELECTRONIC: "Document issued electronically (bản điện tử).",
  },
);

@InputType({ description: "Person who submits a dossier (người nộp hồ sơ)." })
export class ApplicantInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { nullable: true, description: "Personal identification number (số định danh cá nhân)." })
  personalId?: string | null;
  @Field(() => String, { nullable: true, description: "Relation to the subject (quan hệ với người được giải quyết)." })
  relation?: string | null;
  @PhoneField()
  phone?: string | null;
  @EmailField()
  email?: string | null;
  @LetterAddressField()
  address?: AddressInput | null;
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

@InputType({ description: "A dossier for one procedure of the catalogue (hồ sơ một thủ tục)." })
export class DossierInput {
  @Field(() => ID, { description: "Code of the procedure (mã thủ tục)." })
  procedure!: string;
  @Field(() => String, { description: "Commune code of the receiving office (nơi tiếp nhận)." })
  office!: string;
  @ChannelField()
  channel!: Channel;
  @Field(() => ApplicantInput, { description: "Person who submits it (người nộp)." })
  declarant!: ApplicantInput;
  @Field(() => ClientJsonScalar, { description: "Answers to the procedure's form (nội dung tờ khai)." })
  form!: unknown;
  @Field(() => [PaperInput], { nullable: true, description: "Papers submitted (giấy tờ nộp kèm)." })
  papers?: PaperInput[] | null;
  @FilledByField()
  filledBy?: FilledByInput | null;
  @HandoverField()
  handover?: ResultHandoverInput | null;
}

import { Field, ID, InputType, Int } from "type-graphql";
import { ClientJsonScalar } from "../../_shared/serving/scalars.ts";

@InputType({ description: "Person who hands a dossier in (người nộp hồ sơ)." })
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

@InputType({ description: "A paper handed in with a dossier (giấy tờ nộp kèm)." })
export class PaperInput {
  @Field(() => String, { description: "Code of the paper (mã giấy tờ)." })
  code!: string;
  @Field(() => String, { nullable: true, description: "Id of the attachment, sha256:… (tệp đính kèm)." })
  attachment?: string | null;
  @Field(() => String, { nullable: true, description: "ORIGINAL, COPY, CERTIFIED_COPY … (loại bản)." })
  kind?: string | null;
}

@InputType({ description: "Person who fills the form in for the applicant (người khai giúp)." })
export class FilledByInput {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @Field(() => String, { nullable: true, description: "Personal identification number (số định danh cá nhân)." })
  personalId?: string | null;
}

@InputType({ description: "Handover of the results (trả kết quả)." })
export class ResultHandoverInput {
  @Field(() => String, { description: "ELECTRONIC, DESK or POST (hình thức nhận kết quả)." })
  method!: string;
  @Field(() => Int, { nullable: true, description: "Number of paper copies (số bản giấy)." })
  paperCopies?: number | null;
}

@InputType({ description: "A dossier for one procedure of the catalogue (hồ sơ một thủ tục)." })
export class DossierInput {
  @Field(() => ID, { description: "Code of the procedure (mã thủ tục)." })
  procedure!: string;
  @Field(() => String, { description: "Commune code of the receiving office (nơi tiếp nhận)." })
  office!: string;
  @Field(() => String, { description: "DESK, ONLINE or POST (hình thức tiếp nhận)." })
  channel!: string;
  @Field(() => ApplicantInput, { description: "Person who hands it in (người nộp)." })
  declarant!: ApplicantInput;
  @Field(() => ClientJsonScalar, { description: "Answers to the procedure's form (nội dung tờ khai)." })
  form!: unknown;
  @Field(() => [PaperInput], { nullable: true, description: "Papers handed in (giấy tờ nộp kèm)." })
  papers?: PaperInput[] | null;
  @Field(() => FilledByInput, { nullable: true, description: "Person who fills the form in (người khai giúp)." })
  filledBy?: FilledByInput | null;
  @Field(() => ResultHandoverInput, {
    nullable: true,
    description: "Handover of the results; at the desk by default (trả kết quả).",
  })
  handover?: ResultHandoverInput | null;
}

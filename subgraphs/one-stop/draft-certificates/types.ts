import { Directive, Field, ObjectType } from "type-graphql";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import type { CertificateState, StoredCertificate } from "./stored-certificate.ts";

export const DraftCertificateStateEnum = describedEnum<CertificateState>(
  "DraftCertificateState",
  "State of a draft certificate (trạng thái dự thảo giấy khai sinh).",
  {
    PLANNED: "It is shown when the fee is paid (chưa gửi người nộp).",
    AWAITED: "The applicant has not answered (chờ người nộp xác nhận).",
    CONFIRMED: "The applicant confirmed it (đã xác nhận).",
    ACCEPTED_BY_SILENCE: "The term ended without an answer, which counts as acceptance (coi như đồng ý).",
    DISPUTED: "The applicant found errors: an officer decides the registration (đề nghị sửa).",
    LAPSED: "The dossier was withdrawn or not accepted before an answer (không còn hiệu lực).",
  },
);

@ObjectType({ description: "A line of a draft certificate (một nội dung của dự thảo)." })
export class DraftCertificateFact {
  @Field(() => String, { description: "Path into the input of a combined request, joined by dots (vị trí)." })
  field!: string;
  @Field(() => String, { description: "Name of the fact in Vietnamese (tên nội dung)." })
  label!: string;
  @Field(() => String, { description: "Name of the fact in English (tên nội dung, tiếng Anh)." })
  labelEn!: string;
  @Field(() => String, { nullable: true, description: "As the certificate will say, in Vietnamese (nội dung)." })
  value!: string | null;
}

@ObjectType({
  description:
    "Draft of a birth certificate, which the applicant of an online request confirms before the registration; silence is acceptance (dự thảo giấy khai sinh).",
})
export class DraftCertificate {
  @Field(() => DraftCertificateStateEnum, { description: "State (trạng thái)." })
  state!: StoredCertificate["state"];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "End of the term to answer; null until the draft is shown (hạn xác nhận).",
  })
  confirmBy!: StoredCertificate["confirmBy"];
  @Field(() => DateTimeScalar, { nullable: true, description: "Time of the answer, or of its absence (trả lời lúc)." })
  answeredAt!: StoredCertificate["answeredAt"];
  @Field(() => String, { nullable: true, description: "Errors that the applicant has found (nội dung cần sửa)." })
  remark!: StoredCertificate["remark"];
  @Field(() => String, {
    nullable: true,
    description: "What the applicant must do now, in Vietnamese; null if nothing (việc cần làm).",
  })
  text!: string | null;
  @Field(() => String, { nullable: true, description: "The same in English (việc cần làm, tiếng Anh)." })
  textEn!: string | null;
  @Directive("@listSize(assumedSize: 15)")
  @Field(() => [DraftCertificateFact], { description: "What the certificate will say (các nội dung)." })
  facts!: DraftCertificateFact[];
}

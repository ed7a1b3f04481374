import { Field, ID, ObjectType } from "type-graphql";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import type { HandoverMethod } from "../acceptance/application.ts";
import { HandoverMethodEnum } from "../dossiers/enums.ts";
import { DossierPart, type StepRow } from "../dossiers/types.ts";
import { type PaperKind, PaperKindEnum } from "../single-procedures/input.ts";
import type { IssuedPaperKind } from "./issued-papers.ts";
import type { Occasion } from "./letter.ts";

export const IssuedPaperKindEnum = describedEnum<IssuedPaperKind>(
  "IssuedPaperKind",
  "Paper that an institution issues for a dossier (giấy tờ do cơ quan cấp); forms of Circular 03/2025/TT-VPCP, appendix I.",
  {
    RECEIPT: "Form 01: receipt and appointment (giấy tiếp nhận hồ sơ và hẹn trả kết quả).",
    SUPPLEMENT_REQUEST: "Form 02: request for papers (phiếu yêu cầu bổ sung, hoàn thiện hồ sơ).",
    REFUSAL: "Form 03: refusal (phiếu từ chối tiếp nhận giải quyết hồ sơ).",
    APOLOGY: "Form 04: apology and new date (văn bản xin lỗi và hẹn lại).",
    RESULT_LIST: "List of the results (danh mục kết quả giải quyết).",
    RESULT: "Result of one part, as its agency registered it (kết quả của một phần việc).",
    LETTER: "Letter of congratulation or condolence, where the office sends one (thư chúc mừng, thư chia buồn).",
  },
);

@ObjectType({ description: "A paper that an institution issues for a dossier (giấy tờ do cơ quan cấp)." })
export class IssuedPaper {
  @Field(() => ID, { description: "The same as `href`, for client caches (định danh)." })
  id!: string;
  @Field(() => IssuedPaperKindEnum, { description: "Kind (loại giấy tờ)." })
  kind!: IssuedPaperKind;
  @Field(() => String, { description: "Name in Vietnamese (tên giấy tờ)." })
  name!: string;
  @Field(() => String, { description: "Name in English (tên tiếng Anh)." })
  nameEn!: string;
  @Field(() => String, { description: "Path at the gateway that returns it as PDF/A (đường dẫn tải về)." })
  href!: string;
  @Field(() => DossierPart, { nullable: true, description: "The part whose result it is (phần việc)." })
  part!: StepRow | null;
}

export const OccasionEnum = describedEnum<Occasion>(
  "LetterOccasion",
  "Occasion of a letter to a family (dịp gửi thư).",
  {
    BIRTH: "Congratulation on a birth (chúc mừng).",
    DEATH: "Condolence on a death (chia buồn).",
  },
);

@ObjectType({ description: "Letter of the office to a family (thư chúc mừng, thư chia buồn)." })
export class DossierLetter {
  @Field(() => OccasionEnum, { description: "Occasion (dịp gửi thư)." })
  occasion!: Occasion;
  @Field(() => String, { description: "Full name of the child, or of the deceased (họ, chữ đệm, tên)." })
  about!: string;
  @Field(() => DateTimeScalar, { description: "Time of the registration that it follows (thời điểm đăng ký)." })
  at!: Date | string;
}

@ObjectType({ description: "A paper submitted with a dossier (giấy tờ nộp kèm)." })
export class SubmittedPaper {
  @Field(() => String, { description: "Code of the paper in the list of papers (mã giấy tờ)." })
  code!: string;
  @Field(() => String, { description: "Name (tên giấy tờ)." })
  name!: string;
  @Field(() => PaperKindEnum, { nullable: true, description: "Kind of the copy, if it was stated (loại bản)." })
  kind!: PaperKind | null;
}

@ObjectType({ description: "Apology for a delay, with a new appointment (thư xin lỗi và hẹn lại)." })
export class Apology {
  @Field(() => DateTimeScalar, { description: "Time of the apology (thời điểm)." })
  at!: string;
  @Field(() => DateTimeScalar, { description: "The appointment without the apology (ngày hẹn trước đó)." })
  promisedFor!: Date;
}

@ObjectType({ description: "Handover of results that took place (việc trả kết quả)." })
export class HandedOver {
  @Field(() => DateTimeScalar, { description: "Time of the handover (thời điểm)." })
  at!: Date;
  @Field(() => HandoverMethodEnum, { description: "How they were handed over (hình thức trả)." })
  method!: HandoverMethod;
  @Field(() => String, { nullable: true, description: "Person who received them, if named (người nhận)." })
  receivedBy!: string | null;
}

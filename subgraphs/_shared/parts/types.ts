import { Directive, Field, ID, InputType, ObjectType } from "type-graphql";
import { DateTimeScalar, JsonScalar } from "../serving/scalars.ts";
import type { PartProblem, Refusal, StoredAnswer, SupplementItem } from "./procedure.ts";
import type { ReceivedPart as Received } from "./received.ts";

@Directive("@inaccessible")
@InputType({
  description: "One procedure of a dossier on its way to the agency that decides it (phần việc của hồ sơ).",
})
export class PartInput {
  @Field(() => ID, { description: "Id of the part: the agency's idempotency key (mã phần việc)." })
  id!: string;
  @Field(() => String, { description: "Procedure code (mã thủ tục hành chính)." })
  procedure!: string;
  @Field(() => ID, { description: "Code of the dossier, the purpose of the request (mã hồ sơ)." })
  dossier!: string;
  @Field(() => String, { description: "Commune code of the receiving office (nơi tiếp nhận)." })
  office!: string;
  @Field(() => DateTimeScalar, { description: "When the desk received the dossier (thời điểm tiếp nhận)." })
  receivedAt!: Date;
  @Field(() => JsonScalar, { description: "What the procedure needs, in its own shape (nội dung)." })
  content!: unknown;
}

@Directive("@inaccessible")
@Directive("@shareable")
@ObjectType({ description: "Something that stands in the way of a part (vướng mắc)." })
export class PartProblemType {
  @Field(() => String, { description: "Stable code, UPPER_SNAKE (mã lỗi)." })
  code!: PartProblem["code"];
  @Field(() => String, { description: "What is wrong and how to mend it, in Vietnamese (nội dung)." })
  message!: PartProblem["message"];
  @Field(() => String, { description: "The same in English (bản tiếng Anh)." })
  messageEn!: PartProblem["messageEn"];
  @Field(() => [String], { description: "Path into the client's input (vị trí trong dữ liệu)." })
  path!: PartProblem["path"];
  @Field(() => ID, { nullable: true, description: "A dossier that already asked for the same (hồ sơ đã có)." })
  existingDossier?: PartProblem["existingDossier"] | null;
}

@Directive("@inaccessible")
@Directive("@shareable")
@ObjectType({ description: "What an agency says beforehand about a part; nothing was written (kết quả kiểm tra)." })
export class PartCheck {
  @Field(() => String, { description: "AUTOMATIC: by rule at once; OFFICER: a person looks first (cách giải quyết)." })
  handling!: "AUTOMATIC" | "OFFICER";
  @Field(() => [PartProblemType], { description: "All that stands in the way (các vướng mắc)." })
  problems!: PartProblem[];
}

@Directive("@inaccessible")
@Directive("@shareable")
@ObjectType({ description: "Reason and legal basis of a refusal (lý do từ chối)." })
export class PartRefusal {
  @Field(() => String, { description: "Stable code (mã lý do)." })
  code!: Refusal["code"];
  @Field(() => String, { description: "Reason in Vietnamese (lý do)." })
  message!: Refusal["message"];
  @Field(() => String, { description: "Reason in English (lý do, tiếng Anh)." })
  messageEn!: Refusal["messageEn"];
  @Field(() => String, { description: "The article the refusal rests on (căn cứ pháp lý)." })
  legalBasis!: Refusal["legalBasis"];
  @Field(() => ID, { nullable: true, description: "A dossier that already asked for the same (hồ sơ đã có)." })
  existingDossier?: Refusal["existingDossier"] | null;
}

@Directive("@inaccessible")
@Directive("@shareable")
@ObjectType({ description: "A paper an agency asks for (giấy tờ cần bổ sung)." })
export class PartSupplementItem {
  @Field(() => String, { description: "Code of the paper (mã giấy tờ)." })
  code!: SupplementItem["code"];
  @Field(() => String, { description: "What is asked (nội dung yêu cầu)." })
  description!: SupplementItem["description"];
}

@Directive("@inaccessible")
@Directive("@shareable")
@ObjectType({ description: "An entry in the agency's register (kết quả trong sổ đăng ký)." })
export class PartResultReference {
  @Field(() => String, { description: "Type name of the entry in the graph (loại kết quả)." })
  type!: string;
  @Field(() => ID, { description: "Id of the entry (mã kết quả)." })
  id!: string;
}

@Directive("@inaccessible")
@Directive("@shareable")
@ObjectType({ description: "What an agency decided about a part, as it keeps it (câu trả lời của cơ quan)." })
export class PartAnswer {
  @Field(() => String, {
    description: "PROCESSING, SUPPLEMENT_NEEDED, GRANTED, REFUSED or CANCELLED (trạng thái giải quyết).",
  })
  state!: StoredAnswer["state"];
  @Field(() => DateTimeScalar, { nullable: true, description: "When the agency decided (thời điểm quyết định)." })
  decidedAt!: StoredAnswer["decidedAt"];
  @Field(() => PartResultReference, { nullable: true, description: "The register entry, if granted (kết quả)." })
  result!: StoredAnswer["result"];
  @Field(() => JsonScalar, { nullable: true, description: "Facts that later steps need (dữ kiện)." })
  facts!: StoredAnswer["facts"];
  @Field(() => PartRefusal, { nullable: true, description: "Why it was refused (lý do từ chối)." })
  refusal!: StoredAnswer["refusal"];
  @Field(() => [PartSupplementItem], { nullable: true, description: "Which papers are missing (giấy tờ cần bổ sung)." })
  supplement!: StoredAnswer["supplement"];
}

@Directive("@inaccessible")
@Directive("@shareable")
@ObjectType({ description: "A part that reached the agency, in brief (phần việc đã nhận)." })
export class ReceivedPart {
  @Field(() => ID, { description: "Id of the part (mã phần việc)." })
  id!: Received["id"];
  @Field(() => String, { description: "Procedure code; unknown for a tombstone (mã thủ tục hành chính)." })
  procedure!: Received["procedure"];
  @Field(() => ID, { nullable: true, description: "Code of the dossier; null for a tombstone (mã hồ sơ)." })
  dossier!: Received["dossier"];
  @Field(() => String, { description: "What became of it, as in PartAnswer (trạng thái giải quyết)." })
  state!: Received["state"];
}

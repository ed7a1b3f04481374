import { Directive, Field, ID, InputType, ObjectType } from "type-graphql";
import { DateTimeScalar, JsonScalar } from "../serving/scalars.ts";
import type { ComparedFact as Fact, Likeness } from "./likeness.ts";
import type { PartProblem, Refusal, StoredAnswer, SupplementItem } from "./procedure.ts";
import type { ReceivedPart as Received } from "./received.ts";

@Directive("@inaccessible")
@InputType({
  description: "One procedure of a dossier, as delivered to the agency that decides it (phần việc của hồ sơ).",
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
  @Field(() => DateTimeScalar, { description: "Time at which the desk received the dossier (thời điểm tiếp nhận)." })
  receivedAt!: Date;
  @Field(() => JsonScalar, {
    description: "Content of the request, in the shape that the procedure defines (nội dung).",
  })
  content!: unknown;
}

@Directive("@inaccessible")
@Directive("@shareable")
@ObjectType({ description: "Problem that prevents the grant of a part (vướng mắc)." })
export class PartProblemType {
  @Field(() => String, { description: "Stable code, UPPER_SNAKE (mã lỗi)." })
  code!: PartProblem["code"];
  @Field(() => String, { description: "The problem and its remedy, in Vietnamese (nội dung)." })
  message!: PartProblem["message"];
  @Field(() => String, { description: "The same in English (bản tiếng Anh)." })
  messageEn!: PartProblem["messageEn"];
  @Field(() => [String], { description: "Path into the client's input (vị trí trong dữ liệu)." })
  path!: PartProblem["path"];
  @Field(() => ID, { nullable: true, description: "Earlier dossier for the same case (hồ sơ đã có)." })
  existingDossier?: PartProblem["existingDossier"] | null;
}

@Directive("@inaccessible")
@Directive("@shareable")
@ObjectType({
  description: "Result of the check of a part before its delivery; nothing was written (kết quả kiểm tra).",
})
export class PartCheck {
  @Field(() => String, {
    description: "AUTOMATIC: decided by rule at once; OFFICER: an officer decides (cách giải quyết).",
  })
  handling!: "AUTOMATIC" | "OFFICER";
  @Field(() => [PartProblemType], { description: "All problems (các vướng mắc)." })
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
  @Field(() => String, { description: "Legal basis: the article (căn cứ pháp lý)." })
  legalBasis!: Refusal["legalBasis"];
  @Field(() => ID, { nullable: true, description: "Earlier dossier for the same case (hồ sơ đã có)." })
  existingDossier?: Refusal["existingDossier"] | null;
}

@Directive("@inaccessible")
@Directive("@shareable")
@ObjectType({ description: "A paper that an agency requests (giấy tờ cần bổ sung)." })
export class PartSupplementItem {
  @Field(() => String, { description: "Code of the paper (mã giấy tờ)." })
  code!: SupplementItem["code"];
  @Field(() => String, { description: "Content of the request (nội dung yêu cầu)." })
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
@ObjectType({ description: "One fact of a part beside that of a like entry (nội dung đối chiếu)." })
export class PartLikenessFact {
  @Field(() => String, { description: "Path into the client's input, joined by dots (vị trí)." })
  field!: Fact["field"];
  @Field(() => String, { description: "Name of the fact in Vietnamese (tên nội dung)." })
  label!: Fact["label"];
  @Field(() => String, { nullable: true, description: "As the part says (trong hồ sơ này)." })
  here!: Fact["here"];
  @Field(() => String, { nullable: true, description: "As the register says (trong sổ đăng ký)." })
  there!: Fact["there"];
}

@Directive("@inaccessible")
@Directive("@shareable")
@ObjectType({ description: "An entry of the register that may be the same (trường hợp nghi trùng)." })
export class PartLikeness {
  @Field(() => ID, { description: "Id of the entry (mã mục đăng ký)." })
  id!: Likeness["id"];
  @Field(() => String, { description: "Type name of the entry in the graph (loại)." })
  type!: Likeness["type"];
  @Field(() => String, { description: "Rule that found it, UPPER_SNAKE (quy tắc)." })
  rule!: Likeness["rule"];
  @Field(() => String, { description: "The reason in Vietnamese (lý do)." })
  text!: Likeness["text"];
  @Field(() => String, { description: "The reason in English (lý do, tiếng Anh)." })
  textEn!: Likeness["textEn"];
  @Field(() => ID, { nullable: true, description: "Dossier of the entry (mã hồ sơ)." })
  dossier!: Likeness["dossier"];
  @Field(() => [PartLikenessFact], { description: "Both side by side (bảng đối chiếu)." })
  facts!: Likeness["facts"];
}

@Directive("@inaccessible")
@Directive("@shareable")
@ObjectType({ description: "Stored answer of an agency to a part (câu trả lời của cơ quan)." })
export class PartAnswer {
  @Field(() => String, {
    description: "PROCESSING, SUPPLEMENT_NEEDED, GRANTED, REFUSED or CANCELLED (trạng thái giải quyết).",
  })
  state!: StoredAnswer["state"];
  @Field(() => DateTimeScalar, { nullable: true, description: "Time of the agency's decision (thời điểm quyết định)." })
  decidedAt!: StoredAnswer["decidedAt"];
  @Field(() => PartResultReference, { nullable: true, description: "The register entry, if granted (kết quả)." })
  result!: StoredAnswer["result"];
  @Field(() => JsonScalar, { nullable: true, description: "Facts that later steps need (dữ kiện)." })
  facts!: StoredAnswer["facts"];
  @Field(() => PartRefusal, { nullable: true, description: "Reason of the refusal (lý do từ chối)." })
  refusal!: StoredAnswer["refusal"];
  @Field(() => [PartSupplementItem], { nullable: true, description: "Missing papers (giấy tờ cần bổ sung)." })
  supplement!: StoredAnswer["supplement"];
  @Field(() => [PartLikeness], {
    nullable: true,
    description: "Entries that an officer compares before a grant (các trường hợp nghi trùng).",
  })
  likenesses?: StoredAnswer["likenesses"];
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
  @Field(() => String, { description: "State, as in PartAnswer (trạng thái giải quyết)." })
  state!: Received["state"];
}

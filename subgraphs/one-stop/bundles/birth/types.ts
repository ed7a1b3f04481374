import { Directive, Field, ObjectType } from "type-graphql";
import { Problem } from "../../../_shared/registers/problem-type.ts";
import { Dossier } from "../../dossiers/types.ts";
import { CheckHint } from "../../hints/types.ts";
import { BundleProcedure, KnownPerson } from "../types.ts";

@ObjectType({
  description:
    "Result of checking a combined request before its submission; nothing was written (kết quả kiểm tra trước).",
})
export class BirthBundleCheck {
  @Field(() => Boolean, { description: "True if the request may be submitted: there are no problems (sẵn sàng nộp)." })
  ready!: boolean;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
  @Field(() => [Problem], {
    description: "Facts to know before the submission, such as an agency that does not respond (các lưu ý).",
  })
  warnings!: Problem[];
  @Field(() => [CheckHint], {
    description: "What else may be asked for, with the rule that says so (gợi ý, quyền lợi kèm theo).",
  })
  hints!: CheckHint[];
  @Field(() => [BundleProcedure], { description: "The procedures with fee and due date (các thủ tục thành phần)." })
  procedures!: BundleProcedure[];
  @Directive("@listSize(assumedSize: 6)")
  @Field(() => [KnownPerson], {
    description:
      "Persons named whom the caller may see. What is missing and not known there is in `problems`, with the reason (những người đã có dữ liệu).",
  })
  known!: KnownPerson[];
}

@ObjectType({ description: "Result of a submission: either a dossier or problems (kết quả nộp hồ sơ)." })
export class BirthBundleSubmission {
  @Field(() => Dossier, {
    nullable: true,
    description: "The durable dossier; null exactly if there are problems (hồ sơ).",
  })
  dossier!: Dossier | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
  @Field(() => [Problem], {
    description: "Agencies that have not answered yet; they do not prevent the dossier (các lưu ý).",
  })
  warnings!: Problem[];
}

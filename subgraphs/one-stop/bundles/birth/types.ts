import { Field, ID, ObjectType } from "type-graphql";
import { DateTimeScalar, VndScalar } from "../../../_shared/serving/scalars.ts";
import { Agency, Dossier } from "../../dossiers/types.ts";
import { Procedure } from "../../procedures/types.ts";

@ObjectType({ description: "A dossier that already asks for the same (hồ sơ đã có)." })
export class ExistingDossier {
  @Field(() => ID, { description: "Code of the dossier (mã hồ sơ)." })
  code!: string;
}

@ObjectType({ description: "Something that stands in the way of a request (vướng mắc)." })
export class Problem {
  @Field(() => String, { description: "Stable code, UPPER_SNAKE (mã lỗi)." })
  code!: string;
  @Field(() => String, { description: "What is wrong and how to mend it, in Vietnamese (nội dung)." })
  message!: string;
  @Field(() => String, { description: "The same in English (bản tiếng Anh)." })
  messageEn!: string;
  @Field(() => [String], { description: "Path into the input, such as child, birthNotice (vị trí trong dữ liệu)." })
  path!: string[];
  @Field(() => Agency, { nullable: true, description: "The agency that raised it; null for the desk (cơ quan)." })
  agency!: Agency | null;
  @Field(() => ExistingDossier, {
    nullable: true,
    description: "A dossier for the same, if the caller may see it (hồ sơ đã có).",
  })
  existingDossier!: ExistingDossier | null;
}

@ObjectType({ description: "One procedure of the combination, beforehand (thủ tục thành phần)." })
export class BundleProcedure {
  @Field(() => Procedure, { nullable: true, description: "The procedure (thủ tục)." })
  procedure!: Procedure | null;
  @Field(() => Agency, { description: "Who decides it (cơ quan giải quyết)." })
  agency!: Agency;
  @Field(() => VndScalar, { description: "Fee within the combination (lệ phí)." })
  feeVnd!: number;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it would be due if submitted now (hạn giải quyết).",
  })
  dueAt!: Date | null;
}

@ObjectType({
  description: "Whether a combined request would go through; nothing was written (kết quả kiểm tra trước).",
})
export class BirthBundleCheck {
  @Field(() => Boolean, { description: "Every agency was asked and none objects (sẵn sàng nộp)." })
  ready!: boolean;
  @Field(() => [Problem], { description: "All that stands in the way (các vướng mắc)." })
  problems!: Problem[];
  @Field(() => [BundleProcedure], { description: "The procedures with fee and due date (các thủ tục thành phần)." })
  procedures!: BundleProcedure[];
}

@ObjectType({ description: "The answer to a submission: a dossier, or problems, never both (kết quả nộp hồ sơ)." })
export class BirthBundleSubmission {
  @Field(() => Dossier, {
    nullable: true,
    description: "The durable dossier; null exactly when there are problems (hồ sơ).",
  })
  dossier!: Dossier | null;
  @Field(() => [Problem], { description: "All that stands in the way (các vướng mắc)." })
  problems!: Problem[];
}

import { Field, ID, ObjectType } from "type-graphql";
import { Problem } from "../../_shared/registers/problem-type.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { Dossier } from "../dossiers/types.ts";

@ObjectType({ description: "Block of codes that a desk may use while its line is down (mã hồ sơ giữ trước)." })
export class CodeReservation {
  @Field(() => [ID], { description: "The codes; empty if there are problems (các mã hồ sơ)." })
  codes!: string[];
  @Field(() => DateTimeScalar, { nullable: true, description: "End of the term of the codes (hạn sử dụng)." })
  validUntil!: Date | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@ObjectType({ description: "Result of making a reserved code void (kết quả hủy mã hồ sơ)." })
export class VoidedCode {
  @Field(() => ID, { nullable: true, description: "The void code; null if there are problems (mã hồ sơ đã hủy)." })
  code!: string | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@ObjectType({ description: "Result of one item of a batch (kết quả từng hồ sơ)." })
export class BatchItemResult {
  @Field(() => String, { description: "Key of the item (khóa chống trùng)." })
  idempotencyKey!: string;
  @Field(() => Dossier, {
    nullable: true,
    description: "The durable dossier; null exactly if there are problems (hồ sơ).",
  })
  dossier!: Dossier | null;
  @Field(() => [Problem], { description: "All problems of the item (các vướng mắc)." })
  problems!: Problem[];
  @Field(() => [Problem], {
    description: "Agencies that have not answered yet; they do not prevent the dossier (các lưu ý).",
  })
  warnings!: Problem[];
}

@ObjectType({ description: "Results of a batch, in the order of its items (kết quả nộp theo lô)." })
export class BatchSubmission {
  @Field(() => [BatchItemResult], { description: "One result for each item (các kết quả)." })
  results!: BatchItemResult[];
}

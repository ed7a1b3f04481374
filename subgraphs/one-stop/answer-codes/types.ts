import { Field, ObjectType } from "type-graphql";
import { Problem } from "../../_shared/registers/problem-type.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";

@ObjectType({ description: "A paper that a tracked dossier waits for (giấy tờ cần bổ sung)." })
export class TrackedSupplementItem {
  @Field(() => String, { description: "Code of the item, which its answer names (mã giấy tờ)." })
  code!: string;
  @Field(() => String, { description: "Content of the request, in Vietnamese (nội dung)." })
  description!: string;
}

@ObjectType({ description: "Supplement that an answer code opens (yêu cầu bổ sung theo mã trả lời)." })
export class SupplementByCode {
  @Field(() => [TrackedSupplementItem], { description: "The papers; empty if there are problems (các giấy tờ)." })
  items!: TrackedSupplementItem[];
  @Field(() => DateTimeScalar, { nullable: true, description: "End of the term, if there is one (hạn bổ sung)." })
  dueAt!: Date | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@ObjectType({ description: "Result of an answer by a code (kết quả bổ sung theo mã trả lời)." })
export class SupplementByCodeAct {
  @Field(() => [Problem], { description: "All problems; none if it is answered (các vướng mắc)." })
  problems!: Problem[];
}

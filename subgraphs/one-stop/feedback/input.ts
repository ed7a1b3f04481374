import { Field, ID, InputType, Int } from "type-graphql";

@InputType({ description: "Feedback: a rating, a complaint, or both (đánh giá; phản ánh, kiến nghị)." })
export class FeedbackInput {
  @Field(() => Int, {
    nullable: true,
    description: "From 1, very dissatisfied, to 5, very satisfied (mức độ hài lòng).",
  })
  rating?: number | null;
  @Field(() => String, {
    nullable: true,
    description: "Complaint or proposal, 1 to 2,000 characters; the office answers it (phản ánh, kiến nghị).",
  })
  complaint?: string | null;
}

@InputType({ description: "Feedback that a caller has given on the phone (ý kiến qua đường dây nóng)." })
export class HotlineFeedbackInput {
  @Field(() => ID, { nullable: true, description: "Code of the dossier, if it is about one (mã hồ sơ)." })
  dossier?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: "Field of the catalogue, such as civil_status; that of the dossier, if there is one (lĩnh vực).",
  })
  field?: string | null;
  @Field(() => FeedbackInput, { description: "Content, without data of the caller (nội dung)." })
  feedback!: FeedbackInput;
}

@InputType({ description: "Filter of feedback; an absent field does not filter (bộ lọc)." })
export class FeedbackFilter {
  @Field(() => ID, {
    nullable: true,
    description: "Officer whom it concerns: the token's `sub`; needs `feedback:measure` (cán bộ).",
  })
  officer?: string | null;
  @Field(() => ID, { nullable: true, description: "Field of the catalogue, such as civil_status (lĩnh vực)." })
  field?: string | null;
  @Field(() => [Int], { nullable: true, description: "Any of these ratings (mức độ hài lòng)." })
  ratings?: number[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "True: complaints without an answer; false: all others (chưa trả lời).",
  })
  unanswered?: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "True: unanswered complaints whose term has ended; false: all others (quá hạn trả lời).",
  })
  overdue?: boolean | null;
}

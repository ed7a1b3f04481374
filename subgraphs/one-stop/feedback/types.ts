import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { ExistingDossier, Problem } from "../../_shared/registers/problem-type.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { Officer } from "../casework/types.ts";
import type { Total } from "../paging/counting.ts";
import type { FeedbackChannel, feedback } from "./tables.ts";

export type FeedbackRow = typeof feedback.$inferSelect;

const FeedbackChannelEnum = describedEnum<FeedbackChannel>("FeedbackChannel", "Way of feedback (kênh tiếp nhận).", {
  RECEIPT: "By the receipt, without an account (theo giấy tiếp nhận).",
  ACCOUNT: "By a citizen's account (tài khoản công dân).",
  HOTLINE: "A call, noted by the desk (đường dây nóng).",
});

@ObjectType({ description: "Feedback as its giver sees it; its text is not shown (đánh giá, phản ánh đã gửi)." })
export class GivenFeedback {
  @Field(() => Int, { nullable: true, description: "1, very dissatisfied, to 5, very satisfied (mức độ hài lòng)." })
  rating!: FeedbackRow["rating"];
  @Field(() => DateTimeScalar, { description: "Time at which it was given (gửi lúc)." })
  givenAt!: FeedbackRow["givenAt"];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "End of the office's term to answer; null without a complaint (hạn trả lời).",
  })
  answerBy!: FeedbackRow["answerBy"];
  @Field(() => String, { nullable: true, description: "Answer of the office (nội dung trả lời)." })
  answer!: FeedbackRow["answer"];
  @Field(() => DateTimeScalar, { nullable: true, description: "Time of the answer (trả lời lúc)." })
  answeredAt!: FeedbackRow["answeredAt"];
}

@ObjectType({ description: "Result of giving feedback (kết quả gửi đánh giá, phản ánh)." })
export class GivenFeedbackAct {
  @Field(() => GivenFeedback, { nullable: true, description: "The feedback; null if there are problems (nội dung)." })
  feedback!: GivenFeedback | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@ObjectType({ description: "Feedback as the office sees it (đánh giá; phản ánh, kiến nghị)." })
export class Feedback extends GivenFeedback {
  @Field(() => ID, { description: "Id (mã)." })
  id!: FeedbackRow["id"];
  @Field(() => FeedbackChannelEnum, { description: "Way (kênh tiếp nhận)." })
  channel!: FeedbackRow["channel"];
  @Field(() => String, { nullable: true, description: "Complaint or proposal (phản ánh, kiến nghị)." })
  complaint!: FeedbackRow["complaint"];
  @Field(() => ID, {
    name: "field",
    nullable: true,
    description: "Field of the catalogue, such as civil_status (lĩnh vực).",
  })
  procedureField!: FeedbackRow["procedureField"];
  @Field(() => ExistingDossier, { nullable: true, description: "The dossier, if it is about one (hồ sơ)." })
  dossier?: ExistingDossier | null;
  @Field(() => Boolean, { description: "The term to answer has ended without an answer (quá hạn trả lời)." })
  overdue?: boolean;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Time from which the desk is reminded of the answer, a working day before its end (nhắc lúc).",
  })
  remindedAt!: FeedbackRow["remindedAt"];
  @Field(() => Officer, { nullable: true, description: "Officer who answered (cán bộ trả lời)." })
  answeredBy?: Officer | null;
  @RequiresScopes("feedback:measure")
  @Field(() => [Officer], {
    nullable: true,
    description: "Officers who had received the dossier or decided a part of it (cán bộ liên quan).",
  })
  officers?: Officer[];
}

@ObjectType({ description: "Result of an act on feedback (kết quả xử lý)." })
export class FeedbackAct {
  @Field(() => Feedback, { nullable: true, description: "The feedback; null if there are problems (nội dung)." })
  feedback!: Feedback | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@ObjectType({ description: "A page of feedback (danh sách đánh giá, phản ánh)." })
export class FeedbackConnection {
  @Field(() => [Feedback], { description: "The feedback, the newest first (nội dung)." })
  nodes!: Feedback[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
  total!: () => Promise<Total>;
}

@ObjectType({ description: "Average rating of an officer in a field (mức độ hài lòng bình quân)." })
export class RatingAverage {
  @Field(() => ID, { description: "Period, officer and field, for client caches (định danh)." })
  id!: string;
  @Field(() => Officer, { description: "The officer (cán bộ)." })
  officer!: Officer;
  @Field(() => ID, { nullable: true, description: "Field of the catalogue (lĩnh vực)." })
  field!: string | null;
  @Field(() => Int, { description: "Number of ratings (số lượt đánh giá)." })
  ratings!: number;
  @Field(() => Float, { description: "Average, 1 to 5, with two decimals (điểm bình quân)." })
  average!: number;
}

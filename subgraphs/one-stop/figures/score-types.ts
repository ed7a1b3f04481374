import { Field, Float, ID, ObjectType } from "type-graphql";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import type { ScoreGroupCode } from "./score-rules.ts";
import { Rate } from "./types.ts";

export const ScoreGroupEnum = describedEnum<ScoreGroupCode>(
  "ScoreGroupCode",
  "Groups of the index of Decision 766/QĐ-TTg (nhóm chỉ số).",
  {
    PUBLICITY: "Publicity and transparency (công khai, minh bạch).",
    PROGRESS: "Progress and results (tiến độ, kết quả giải quyết).",
    DIGITISATION: "Digitisation of dossiers (số hóa hồ sơ).",
    ONLINE_SERVICE: "Online service (cung cấp dịch vụ trực tuyến).",
    SATISFACTION: "Satisfaction (mức độ hài lòng).",
  },
);

const POINTS = "Points; null where nothing has data (điểm).";
const ATTAINABLE = "Greatest points of the criteria with data (điểm tối đa của tiêu chí có dữ liệu).";

@ObjectType({ description: "A criterion of the score: points in proportion to a rate (tiêu chí chấm điểm)." })
export class ScoreCriterionPoints {
  @Field(() => ID, { description: "Id of this criterion of this score, for client caches (định danh)." })
  id!: string;
  @Field(() => String, { description: "Stable code (mã tiêu chí)." })
  code!: string;
  @Field(() => String, { description: "Name in Vietnamese (tên tiêu chí)." })
  name!: string;
  @Field(() => String, { description: "Name in English (tên tiếng Anh)." })
  nameEn!: string;
  @Field(() => Float, { nullable: true, description: "Points; null without data (điểm)." })
  points!: number | null;
  @Field(() => Float, { description: "Greatest points (điểm tối đa)." })
  maxPoints!: number;
  @Field(() => Boolean, {
    description: "False where the greatest points are assumed: `SCORE_POINTS` of the desk replaces them (đã xác minh).",
  })
  isSure!: boolean;
  @Field(() => String, { description: "How the points come about, or why there are none, in Vietnamese (cách tính)." })
  formula!: string;
  @Field(() => String, { description: "The same in English (cách tính, tiếng Anh)." })
  formulaEn!: string;
  @Field(() => Rate, { nullable: true, description: "The rate; null where the desk has no data (chỉ số)." })
  rate!: Rate | null;
}

@ObjectType({ description: "A group of the score (nhóm tiêu chí)." })
export class ScoreGroup {
  @Field(() => ID, { description: "Id of this group of this score, for client caches (định danh)." })
  id!: string;
  @Field(() => ScoreGroupEnum, { description: "Code (mã nhóm)." })
  code!: ScoreGroupCode;
  @Field(() => String, { description: "Name in Vietnamese (tên nhóm)." })
  name!: string;
  @Field(() => String, { description: "Name in English (tên tiếng Anh)." })
  nameEn!: string;
  @Field(() => Float, { nullable: true, description: POINTS })
  points!: number | null;
  @Field(() => Float, { description: ATTAINABLE })
  attainable!: number;
  @Field(() => Float, { description: "Greatest points (điểm tối đa)." })
  maxPoints!: number;
  @Field(() => [ScoreCriterionPoints], { description: "The criteria (các tiêu chí)." })
  criteria!: ScoreCriterionPoints[];
}

@ObjectType({
  description: "Score by Decision 766/QĐ-TTg: five groups, 100 points, each from a rate (điểm chất lượng phục vụ).",
})
export class Score {
  @Field(() => ID, { description: "Id of this scope and period, for client caches (định danh)." })
  id!: string;
  @Field(() => Float, { nullable: true, description: POINTS })
  points!: number | null;
  @Field(() => Float, { description: ATTAINABLE })
  attainable!: number;
  @Field(() => Float, { description: "Greatest points: 100 (điểm tối đa)." })
  maxPoints!: number;
  @Field(() => Boolean, { description: "True if every criterion has data (đủ dữ liệu)." })
  isComplete!: boolean;
  @Field(() => String, { description: "Source of law (căn cứ pháp lý)." })
  source!: string;
  @Field(() => [ScoreGroup], { description: "The five groups (năm nhóm)." })
  groups!: ScoreGroup[];
}

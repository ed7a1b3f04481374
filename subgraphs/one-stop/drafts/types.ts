import { Field, ID, Int, ObjectType } from "type-graphql";
import { ExistingDossier, Problem } from "../../_shared/registers/problem-type.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { AlsoId } from "../../_shared/serving/id-field.ts";
import { ClientJsonScalar, DateTimeScalar } from "../../_shared/serving/scalars.ts";
import type { DraftKind } from "./draft-kinds.ts";
import type { drafts } from "./tables.ts";

export type DraftRow = typeof drafts.$inferSelect;

export const DraftKindEnum = describedEnum<DraftKind>(
  "DraftKind",
  "Kind of a draft, by the submission it becomes (loại bản nháp).",
  {
    DOSSIER: "A dossier for one procedure: the content has fields of DossierInput (hồ sơ một thủ tục).",
    BIRTH_BUNDLE: "A combined birth request: the content has fields of BirthBundleInput (hồ sơ liên thông khai sinh).",
  },
);

@ObjectType({ description: "Draft of a dossier, which its short code opens until it expires (bản nháp hồ sơ)." })
export class Draft {
  @AlsoId()
  @Field(() => ID, { description: "Short code to say or to type, such as K7QF-3MXP (mã bản nháp)." })
  code!: DraftRow["code"];
  @Field(() => DraftKindEnum, { description: "Kind of the draft (loại bản nháp)." })
  kind!: DraftRow["kind"];
  @Field(() => ClientJsonScalar, {
    nullable: true,
    description: "The content as it was given; null once a dossier was submitted from it (nội dung).",
  })
  content!: DraftRow["content"];
  @Field(() => Int, {
    description: "Increases by one with every replacement; a writer states the revision it has read (lần sửa đổi).",
  })
  revision!: DraftRow["revision"];
  @Field(() => DateTimeScalar, { description: "Time of its creation (thời điểm tạo)." })
  createdAt!: DraftRow["createdAt"];
  @Field(() => DateTimeScalar, { description: "Time of the last change (cập nhật lúc)." })
  updatedAt!: DraftRow["updatedAt"];
  @Field(() => DateTimeScalar, {
    description: "Time after which the draft is removed; a replacement begins the term again (hết hạn lúc).",
  })
  expiresAt!: DraftRow["expiresAt"];
  @Field(() => ExistingDossier, {
    nullable: true,
    description: "Dossier that was submitted from it; NOT_FOUND if it is not within the caller's reach (hồ sơ đã nộp).",
  })
  dossier?: ExistingDossier | null;
}

@ObjectType({ description: "Result of an act on a draft (kết quả thao tác bản nháp)." })
export class DraftAct {
  @Field(() => Draft, { nullable: true, description: "The draft; null if there are problems (bản nháp)." })
  draft!: Draft | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@ObjectType({ description: "Result of checking a draft; nothing was written (kết quả kiểm tra bản nháp)." })
export class DraftCheck {
  @Field(() => Boolean, { description: "True if there are no problems, so the draft may be submitted (sẵn sàng nộp)." })
  ready!: boolean;
  @Field(() => [Problem], { description: "All problems, with paths into the content (các vướng mắc)." })
  problems!: Problem[];
  @Field(() => [Problem], {
    description: "Facts to know before the submission, such as an agency that does not respond (các lưu ý).",
  })
  warnings!: Problem[];
}

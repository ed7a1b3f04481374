import { Field, ObjectType } from "type-graphql";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { procedureOf } from "../procedures/catalogue.ts";
import { Procedure } from "../procedures/types.ts";
import type { Hint, HintKind } from "./hint.ts";

const HintKindEnum = describedEnum<HintKind>("HintKind", "Kind of a hint of a check (loại gợi ý).", {
  ENTITLEMENT: "What the applicant may ask for beside the request (quyền lợi, thủ tục có thể đề nghị thêm).",
  LICENCE: "Licence that a line of business needs (giấy phép theo ngành, nghề).",
});

@ObjectType({
  description:
    "What else may be asked for after this request, with the rule that says so; an officer examines whether it applies (gợi ý).",
})
export class CheckHint {
  @Field(() => HintKindEnum, { description: "Kind (loại)." })
  kind!: HintKind;
  @Field(() => String, { description: "Stable code (mã)." })
  code!: string;
  @Field(() => String, { description: "In Vietnamese (nội dung)." })
  message!: string;
  @Field(() => String, { description: "In English (nội dung tiếng Anh)." })
  messageEn!: string;
  @Field(() => String, { description: "Condition under which it applies, in Vietnamese (điều kiện)." })
  rule!: string;
  @Field(() => String, { description: "The same in English (điều kiện bằng tiếng Anh)." })
  ruleEn!: string;
  @Field(() => String, { description: "Legal basis of the rule (căn cứ pháp lý)." })
  legalBasis!: string;
  @Field(() => Procedure, {
    nullable: true,
    description: "Procedure to submit (thủ tục); null where the catalogue has none.",
  })
  procedure!: Procedure | null;
  @Field(() => Boolean, { description: "True if the request asks for it already (đã có trong hồ sơ)." })
  included!: boolean;
  @Field(() => [String], { description: "Path into the input of what it follows from (vị trí)." })
  path!: string[];
}

/** Hint of a check as the graph tells it. How sure its rule is stays with the operator, as for the catalogue's notes. */
export function checkHint({ certainty: _, procedure, ...hint }: Hint): CheckHint {
  return { ...hint, procedure: procedure === null ? null : procedureOf(procedure) };
}

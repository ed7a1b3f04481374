import { Field, InputType } from "type-graphql";
import { ClientJsonScalar } from "../../_shared/serving/scalars.ts";
import { BirthBundleInput, IdentityCardInput, InsuranceInput, ResidenceInput } from "../bundles/birth/input.ts";
import { BusinessStartBundleInput } from "../bundles/business-start/input.ts";
import { PaperInput } from "../single-procedures/input.ts";

@InputType({
  description:
    "Changes to the earlier request; everything else stays the same. The fields that may be given depend on the part (nội dung thay đổi).",
})
export class RefileChanges {
  @Field(() => ResidenceInput, {
    nullable: true,
    description: "For a residence part: its new content (đăng ký thường trú).",
  })
  residence?: ResidenceInput | null;
  @Field(() => InsuranceInput, { nullable: true, description: "For a card part: its new content (thẻ bảo hiểm y tế)." })
  insurance?: InsuranceInput | null;
  @Field(() => IdentityCardInput, {
    nullable: true,
    description: "For an identity-card part: its new content (thẻ căn cước).",
  })
  identityCard?: IdentityCardInput | null;
  @Field(() => BirthBundleInput, {
    nullable: true,
    description:
      "For a birth part: the whole new request, because the other parts depend on the birth (hồ sơ liên thông).",
  })
  birthBundle?: BirthBundleInput | null;
  @Field(() => BusinessStartBundleInput, {
    nullable: true,
    description:
      "For the registration of a business: the whole new request, because the other parts depend on it (hồ sơ khởi sự kinh doanh).",
  })
  businessStartBundle?: BusinessStartBundleInput | null;
  @Field(() => ClientJsonScalar, {
    nullable: true,
    description: "For a dossier of one procedure: the whole new form (nội dung tờ khai).",
  })
  form?: unknown;
  @Field(() => [PaperInput], {
    nullable: true,
    description: "For a dossier of one procedure: the whole new list of papers (giấy tờ nộp kèm).",
  })
  papers?: PaperInput[] | null;
}

import { Field, ID, InputType } from "type-graphql";
import type { AgencyCode } from "../../agency-registry.ts";
import { AgencyCodeEnum } from "../dossiers/enums.ts";

@InputType({
  description:
    "What figures and lists of a leader are about; an absent field does not narrow the caller's own office or province (phạm vi).",
})
export class ScopeInput {
  @Field(() => String, { nullable: true, description: "Commune code of an office (nơi tiếp nhận)." })
  office?: string | null;
  @Field(() => String, { nullable: true, description: "Province code (mã tỉnh)." })
  province?: string | null;
  @Field(() => AgencyCodeEnum, { nullable: true, description: "Agency with a part (cơ quan giải quyết)." })
  agency?: AgencyCode | null;
  @Field(() => ID, {
    nullable: true,
    description: "Code of the dossier's procedure or combination, or of a part's procedure (mã thủ tục).",
  })
  procedure?: string | null;
}

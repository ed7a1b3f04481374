import { Field, InputType } from "type-graphql";
import { ClientJsonScalar } from "../../_shared/serving/scalars.ts";
import type { DraftKind } from "./draft-kinds.ts";
import { DraftKindEnum } from "./types.ts";

@InputType({ description: "Content of a draft (nội dung bản nháp)." })
export class DraftInput {
  @Field(() => DraftKindEnum, { description: "Kind of the draft (loại bản nháp)." })
  kind!: DraftKind;
  @Field(() => ClientJsonScalar, {
    description:
      "Known fields of DossierInput or BirthBundleInput, at most 64 kB; any field may be absent (nội dung đã khai).",
  })
  content!: unknown;
}

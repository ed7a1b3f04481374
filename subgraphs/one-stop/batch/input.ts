import { Field, ID, InputType } from "type-graphql";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { BirthBundleInput } from "../bundles/birth/input.ts";
import { DossierInput } from "../single-procedures/input.ts";

@InputType({
  description:
    "Request that a desk received while its line was down: either a dossier or a birth bundle (hồ sơ ngoại tuyến).",
})
export class BatchItemInput {
  @Field(() => String, {
    description: "1 to 200 printable ASCII characters; the same key and body give the same dossier (khóa chống trùng).",
  })
  idempotencyKey!: string;
  @Field(() => ID, {
    nullable: true,
    description: "Reserved code that the applicant's receipt bears; a new one by default (mã hồ sơ đã giữ trước).",
  })
  dossierCode?: string | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Time of receipt at the desk, from which the terms run; now by default (thời điểm tiếp nhận).",
  })
  takenAt?: Date | null;
  @Field(() => DossierInput, { nullable: true, description: "Dossier for one procedure (hồ sơ một thủ tục)." })
  dossier?: DossierInput | null;
  @Field(() => BirthBundleInput, { nullable: true, description: "Combined birth request (hồ sơ liên thông)." })
  birthBundle?: BirthBundleInput | null;
}

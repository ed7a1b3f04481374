import { Field, ObjectType } from "type-graphql";
import { Problem } from "../acceptance/types.ts";
import { Dossier } from "../dossiers/types.ts";

@ObjectType({ description: "Result of a submission: either a dossier or problems (kết quả nộp hồ sơ)." })
export class DossierSubmission {
  @Field(() => Dossier, {
    nullable: true,
    description: "The durable dossier; null exactly if there are problems (hồ sơ).",
  })
  dossier!: Dossier | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

import { Field, ObjectType } from "type-graphql";
import { Agency, agencyOf } from "../agencies/types.ts";
import { ExistingDossier } from "../dossiers/types.ts";
import type { Problem as FoundProblem } from "./problems.ts";

@ObjectType({ description: "A problem that prevents a request (vướng mắc)." })
export class Problem {
  @Field(() => String, { description: "Stable code, UPPER_SNAKE (mã lỗi)." })
  code!: string;
  @Field(() => String, { description: "The problem and its remedy, in Vietnamese (nội dung)." })
  message!: string;
  @Field(() => String, { description: "The same in English (bản tiếng Anh)." })
  messageEn!: string;
  @Field(() => [String], { description: "Path into the input, such as child, birthNotice (vị trí trong dữ liệu)." })
  path!: string[];
  @Field(() => Agency, { nullable: true, description: "The agency that raised it; null for the desk (cơ quan)." })
  agency!: Agency | null;
  @Field(() => ExistingDossier, {
    nullable: true,
    description: "An earlier dossier for the same case, if the caller may see it (hồ sơ đã có).",
  })
  existingDossier!: ExistingDossier | null;
}

export function problemForClient({ agency, existingDossier, ...problem }: FoundProblem): Problem {
  return {
    ...problem,
    agency: agency ? agencyOf(agency) : null,
    existingDossier: existingDossier ? { code: existingDossier } : null,
  };
}

import { Directive, Field, ID, ObjectType } from "type-graphql";
import type { Fault } from "../reference/identifiers/parsed.ts";
import { AlsoId } from "../serving/id-field.ts";
import { Agency } from "./agency-type.ts";

@Directive("@shareable")
@ObjectType({ description: "An earlier dossier for the same case (hồ sơ đã có)." })
export class ExistingDossier {
  @AlsoId()
  @Field(() => ID, { description: "Code of the dossier (mã hồ sơ)." })
  code!: string;
}

@Directive("@shareable")
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

/** A problem as an agency's rules find it. */
export type FoundProblem = Fault & { path: string[] };

/** Problem for clients, raised by an agency. */
export function problemOf({ path, code, message, messageEn }: FoundProblem, agency: Agency): Problem {
  return { code, message, messageEn, path, agency, existingDossier: null };
}

import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";
import { BirthFacts } from "../birth-acts/types.ts";
import { DeathFacts } from "../deaths/types.ts";
import { MarriageFacts } from "../marriages/types.ts";
import { CivilDeclarantInput } from "../persons/input.ts";
import { CivilDeclarant } from "../persons/types.ts";
import type { ExtractedBook, extracts } from "./tables.ts";

type Row = typeof extracts.$inferSelect;

const BOOKS: Described<ExtractedBook> = {
  BIRTH: "Of a birth (bản sao giấy khai sinh).",
  DEATH: "Of a death (trích lục khai tử).",
  MARRIAGE: "Of a marriage (trích lục kết hôn).",
};
const ExtractedBookEnum = describedEnum<ExtractedBook>(
  "CivilExtractKind",
  "Kind of an extract (loại trích lục).",
  BOOKS,
);

@InputType({ description: "Issue of an extract (cấp bản sao trích lục hộ tịch)." })
export class ExtractInput {
  @Field(() => ExtractedBookEnum, { description: "Kind (loại)." })
  kind!: ExtractedBook;
  @Field(() => ID, { description: "Id of the entry (mã bản ghi)." })
  entry!: string;
  @Field(() => Int, { description: "Number of copies, 1 to 50 (số bản)." })
  copies!: number;
  @Field(() => CivilDeclarantInput, { description: "Person who requests it (người yêu cầu)." })
  requester!: CivilDeclarantInput;
  @Field(() => String, { description: "Request or dossier on which it rests (căn cứ)." })
  ground!: string;
}

@ObjectType({
  description: "Extract of an entry as issued (trích lục hộ tịch); Law on Civil Status 60/2014, art. 62-64.",
})
export class CivilStatusExtract {
  @Field(() => ID, { description: "Id of the extract (mã trích lục)." })
  id!: Row["id"];
  @Field(() => ExtractedBookEnum, { nullable: true, description: "Kind (loại)." })
  kind!: Row["book"];
  @Field(() => String, { nullable: true, description: "Number of the extract, n/yyyy (số trích lục)." })
  number!: string;
  @Field(() => Int, { nullable: true, description: "Number of copies (số bản)." })
  copies!: Row["copies"];
  @Field(() => CivilDeclarant, { nullable: true, description: "Person who requested it (người yêu cầu)." })
  requester!: Row["requester"];
  @Field(() => BirthFacts, { nullable: true, description: "The birth as extracted (nội dung khai sinh)." })
  birth!: BirthFacts | null;
  @Field(() => DeathFacts, { nullable: true, description: "The death as extracted (nội dung khai tử)." })
  death!: DeathFacts | null;
  @Field(() => MarriageFacts, { nullable: true, description: "The marriage as extracted (nội dung kết hôn)." })
  marriage!: MarriageFacts | null;
}

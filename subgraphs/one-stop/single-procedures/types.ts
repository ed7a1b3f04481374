import { Field, ID, ObjectType } from "type-graphql";
import { Agency } from "../../_shared/registers/agency-type.ts";
import { Problem } from "../../_shared/registers/problem-type.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { Dossier } from "../dossiers/types.ts";
import type { LookedUpPaper as StoredLookup } from "./required-papers.ts";

const PaperLookupEnum = describedEnum<StoredLookup["state"]>(
  "PaperLookup",
  "Outcome of the search for a paper at the agency that holds it (kết quả tra cứu giấy tờ).",
  {
    FOUND: "The agency has it: the citizen need not bring it (đã có dữ liệu).",
    NOT_ANSWERED: "The agency did not answer: an officer asks for it later if it is needed (chưa trả lời).",
  },
);

@ObjectType({
  description: "A required paper that the desk looked up in place of the citizen (giấy tờ được tra cứu thay).",
})
export class LookedUpPaper {
  @Field(() => ID, { description: "Dossier and paper, for client caches (định danh)." })
  id!: string;
  @Field(() => ID, { description: "Code of the paper (mã giấy tờ)." })
  code!: string;
  @Field(() => String, { description: "Name (tên giấy tờ)." })
  name!: string;
  @Field(() => Agency, { description: "Agency that was asked (cơ quan được tra cứu)." })
  agency!: Agency;
  @Field(() => PaperLookupEnum, { description: "Outcome (kết quả tra cứu)." })
  state!: StoredLookup["state"];
}

@ObjectType({ description: "Result of a submission: either a dossier or problems (kết quả nộp hồ sơ)." })
export class DossierSubmission {
  @Field(() => Dossier, {
    nullable: true,
    description: "The durable dossier; null exactly if there are problems (hồ sơ).",
  })
  dossier!: Dossier | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
  @Field(() => [Problem], {
    description:
      "Agencies that have not answered yet, and papers that could not be looked up; they do not prevent the dossier (các lưu ý).",
  })
  warnings!: Problem[];
}

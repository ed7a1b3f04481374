import { Field, ID, InputType } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { type CorrectionKind, CorrectionKindEnum } from "../corrections/correction-kinds.ts";
import { CivilPersonInput } from "../persons/input.ts";
import { RegistrationKindEnum } from "../persons/registration-kind-types.ts";
import type { RegistrationKind } from "../persons/registration-kinds.ts";

@InputType({ description: "Registration of a marriage (đăng ký kết hôn)." })
export class CivilMarriageInput {
  @Field(() => RegistrationKindEnum, { description: "How it comes into the register (hình thức đăng ký)." })
  kind!: RegistrationKind;
  @Field(() => CivilPersonInput, { description: "The man (bên nam)." })
  husband!: CivilPersonInput;
  @Field(() => CivilPersonInput, { description: "The woman (bên nữ)." })
  wife!: CivilPersonInput;
  @Field(() => String, {
    nullable: true,
    description: "Day of the marriage, yyyy-MM-dd, if it is repeated or noted (ngày kết hôn).",
  })
  marriedOn?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Number and office of the former registration, if it is repeated or noted (việc đăng ký trước đây).",
  })
  formerRegistration?: string | null;
  @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
  ground!: string;
}

type Decision = "DIVORCE" | "ANNULMENT";
const DECISIONS: Described<Decision> = {
  DIVORCE: "Divorce (ly hôn).",
  ANNULMENT: "Annulment of an unlawful marriage (hủy việc kết hôn trái pháp luật).",
};
const DecisionEnum = describedEnum<Decision>(
  "MarriageDecisionKind",
  "Kind of a decision that ends a marriage (loại bản án, quyết định).",
  DECISIONS,
);

@InputType({ description: "End of a marriage by a court (ghi chú ly hôn, hủy kết hôn)." })
export class MarriageEndInput {
  @Field(() => ID, { description: "Id of the marriage's entry (mã bản ghi)." })
  marriage!: string;
  @Field(() => DecisionEnum, { description: "Kind (loại)." })
  kind!: Decision;
  @Field(() => String, { description: "Number and court of the decision (số bản án, tòa án)." })
  decision!: string;
  @Field(() => String, { description: "Day from which it has effect, yyyy-MM-dd (ngày có hiệu lực)." })
  effectiveOn!: string;
  @Field(() => String, { description: "Document on which the note rests (căn cứ)." })
  ground!: string;
}

@InputType({ description: "Change of the facts of a marriage (thay đổi, cải chính, bổ sung kết hôn)." })
export class MarriageCorrectionInput {
  @Field(() => ID, { description: "Id of the marriage's entry (mã bản ghi)." })
  marriage!: string;
  @Field(() => CorrectionKindEnum, { description: "Kind (loại)." })
  kind!: CorrectionKind;
  @Field(() => CivilPersonInput, {
    nullable: true,
    description: "All facts of the husband; left out, they stay (chồng).",
  })
  husband?: CivilPersonInput | null;
  @Field(() => CivilPersonInput, { nullable: true, description: "All facts of the wife; left out, they stay (vợ)." })
  wife?: CivilPersonInput | null;
  @Field(() => String, { description: "Document on which it rests (căn cứ)." })
  ground!: string;
}

@InputType({ description: "Filter of marriages; all conditions hold together (bộ lọc kết hôn)." })
export class MarriageFilter {
  @Field(() => String, {
    nullable: true,
    description: "Personal number of a spouse, or words of a name with or without diacritics (từ khóa).",
  })
  search?: string | null;
  @Field(() => ID, { nullable: true, description: "Commune of the registering office (nơi đăng ký)." })
  office?: string | null;
  @Field(() => String, { nullable: true, description: "Number in the book, n/yyyy (số đăng ký)." })
  number?: string | null;
  @Field(() => DateScalar, { nullable: true, description: "First day of registration (đăng ký từ ngày)." })
  registeredFrom?: LegalDay | null;
  @Field(() => DateScalar, { nullable: true, description: "Last day of registration (đăng ký đến ngày)." })
  registeredTo?: LegalDay | null;
}

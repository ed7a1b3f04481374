import { Directive, Field, ID, ObjectType } from "type-graphql";
import type { PartialDate } from "../../_shared/reference/partial-dates.ts";
import { Address } from "../../_shared/registers/address-type.ts";
import { Agency } from "../../_shared/registers/agency-type.ts";
import { NODE_ID } from "../../_shared/registers/node-ids.ts";
import { Problem } from "../../_shared/registers/problem-type.ts";
import { RecordedPerson } from "../../_shared/registers/recorded-person-type.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { ClientJsonScalar, PartialDateScalar, PersonalIdScalar } from "../../_shared/serving/scalars.ts";
import { Node } from "../nodes/types.ts";

/** Facts of a person that several agencies have recorded. */
export type IdentityFact = "FULL_NAME" | "DATE_OF_BIRTH";
export const IdentityFactEnum = describedEnum<IdentityFact>(
  "IdentityFact",
  "Fact of a person that agencies record each for itself (thông tin được đối chiếu).",
  {
    FULL_NAME: "Full name (họ, chữ đệm, tên).",
    DATE_OF_BIRTH: "Date of birth, as far as it is known (ngày, tháng, năm sinh).",
  },
);

@ObjectType({ description: "A fact as one agency has recorded it (giá trị tại một cơ quan)." })
export class RecordedFact {
  @Field(() => Agency, { description: "The agency (cơ quan)." })
  agency!: Agency;
  @Field(() => String, { description: "The value as recorded (giá trị)." })
  text!: string;
}

@ObjectType({
  description:
    "A fact of a person on which registers differ, with every source; which one is wrong, a person decides (thông tin không khớp giữa các cơ quan).",
})
export class RecordDiscrepancy {
  @Field(() => IdentityFactEnum, { description: "The fact (thông tin)." })
  fact!: IdentityFact;
  @Directive("@listSize(assumedSize: 3)")
  @Field(() => [RecordedFact], { description: "The values of all agencies that have one (giá trị tại từng cơ quan)." })
  values!: RecordedFact[];
}

@ObjectType({
  description: "Answers to a procedure's form that the State knows, and what is still needed (tờ khai điền sẵn).",
})
export class Prefill {
  @Field(() => ClientJsonScalar, { description: "Answers for `form` of `submitDossier` (nội dung điền sẵn)." })
  form!: Readonly<Record<string, unknown>>;
  @Directive("@listSize(assumedSize: 10)")
  @Field(() => [Problem], {
    description:
      "What the dossier still needs, each with its place and the reason: answers, and papers that no agency of the graph holds (nội dung, giấy tờ còn thiếu).",
  })
  needed!: Problem[];
}

@Directive('@key(fields: "personalId")')
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: "A citizen; each agency adds fields (công dân).", implements: Node })
export class Citizen {
  // the desk knows these two of a citizen that `node` returns (@provides); residence resolves them for any citizen
  @Directive("@external")
  @Field(() => ID, { description: "Id of the citizen (mã công dân)." })
  id?: string;
  @Directive("@external")
  @Field(() => ID, { nullable: true, description: NODE_ID })
  nodeId?: string;
  @Field(() => PersonalIdScalar, {
    nullable: true,
    description: "Personal identification number (số định danh cá nhân).",
  })
  personalId!: string | null;
  // what the gateway brings from the registers, with the rights of the caller
  @Directive("@external")
  @Field(() => String, { nullable: true, description: "Full name (họ, chữ đệm, tên)." })
  fullName?: string | null;
  @Directive("@external")
  @Field(() => PartialDateScalar, { nullable: true, description: "Date of birth (ngày, tháng, năm sinh)." })
  dateOfBirth?: PartialDate | null;
  @Directive("@external")
  @Field(() => RecordedPerson, { nullable: true, description: "As recorded at the birth (theo Giấy khai sinh)." })
  recordedAtBirth?: RecordedPerson | null;
  @Directive("@external")
  @Field(() => RecordedPerson, { nullable: true, description: "As recorded on the card (theo thẻ bảo hiểm y tế)." })
  recordedOnCard?: RecordedPerson | null;
  @Directive("@external")
  @Field(() => Address, { nullable: true, description: "Permanent residence (nơi thường trú)." })
  permanentAddress?: Address | null;
}

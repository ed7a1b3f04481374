import { Directive, Field, ObjectType } from "type-graphql";
import { Agency, agencyOf } from "../../_shared/registers/agency-type.ts";
import { Problem } from "../../_shared/registers/problem-type.ts";
import { DateTimeScalar, VndScalar } from "../../_shared/serving/scalars.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import { Citizen } from "../citizens/types.ts";
import { Dossier } from "../dossiers/types.ts";
import { CheckHint } from "../hints/types.ts";
import { procedureOf } from "../procedures/catalogue.ts";
import { Procedure } from "../procedures/types.ts";

@ObjectType({ description: "One procedure of the combination, before the submission (thủ tục thành phần)." })
export class BundleProcedure {
  @Field(() => Procedure, { nullable: true, description: "The procedure (thủ tục)." })
  procedure!: Procedure | null;
  @Field(() => Agency, { description: "The agency that decides it (cơ quan giải quyết)." })
  agency!: Agency;
  @Field(() => VndScalar, { description: "Fee within the combination (lệ phí)." })
  feeVnd!: number;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Due date if the request is submitted now (hạn giải quyết).",
  })
  dueAt!: Date | null;
}

type CheckedProcedure = { agency: AgencyCode; procedure: string; feeVnd: number; dueAt: Date | null };

export function bundleProcedure({ agency, procedure, ...rest }: CheckedProcedure): BundleProcedure {
  return { ...rest, agency: agencyOf(agency), procedure: procedureOf(procedure) };
}

@ObjectType({
  description:
    "A person whom the request names by number. The agencies know the facts under `citizen`, within the caller's rights: a client fills them in, and asks only for what is still needed (thông tin Nhà nước đã có), Decree 118/2025/NĐ-CP.",
})
export class KnownPerson {
  @Directive("@listSize(assumedSize: 3)")
  @Field(() => [String], { description: "Path of the number in the input (vị trí)." })
  path!: string[];
  @Field(() => Citizen, {
    nullable: true,
    description: "The person, with residence, card, land and businesses (công dân).",
  })
  citizen!: Citizen | null;
}

@ObjectType({
  description: "Result of checking a bundle before its submission; nothing was written (kết quả kiểm tra trước).",
})
export class BundleCheck {
  @Field(() => Boolean, { description: "True if the request may be submitted: there are no problems (sẵn sàng nộp)." })
  ready!: boolean;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
  @Field(() => [Problem], {
    description: "Facts to know before the submission, such as an agency that does not respond (các lưu ý).",
  })
  warnings!: Problem[];
  @Field(() => [CheckHint], {
    description: "What else may be asked for, with the rule that says so (gợi ý, quyền lợi kèm theo).",
  })
  hints!: CheckHint[];
  @Field(() => [BundleProcedure], { description: "The procedures with fee and due date (các thủ tục thành phần)." })
  procedures!: BundleProcedure[];
  @Directive("@listSize(assumedSize: 6)")
  @Field(() => [KnownPerson], {
    description:
      "Persons named whom the caller may see. What is missing and not known there is in `problems`, with the reason (những người đã có dữ liệu).",
  })
  known!: KnownPerson[];
}

@ObjectType({ description: "Result of the submission of a bundle: a dossier or problems (kết quả nộp hồ sơ)." })
export class BundleSubmission {
  @Field(() => Dossier, {
    nullable: true,
    description: "The durable dossier; null exactly if there are problems (hồ sơ).",
  })
  dossier!: Dossier | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
  @Field(() => [Problem], {
    description: "Agencies that have not answered yet; they do not prevent the dossier (các lưu ý).",
  })
  warnings!: Problem[];
}

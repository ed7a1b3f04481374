import { Field, ObjectType } from "type-graphql";
import { DateTimeScalar, VndScalar } from "../../_shared/serving/scalars.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import { Agency, agencyOf } from "../agencies/types.ts";
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

import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { DossierStateEnum, PartStateEnum } from "../dossiers/enums.ts";
import type { DossierState, StepState } from "../saga/state.ts";
import type { HistoryRow } from "../saga/stored-history.ts";
import type { Position } from "./position.ts";

/** An entry of the history as a change of its dossier. */
export type Change = Omit<HistoryRow, "id"> & {
  position: Position;
  code: string;
  applicantPersonalId: string | null;
  /** State of the dossier right after the change. */
  dossierState: DossierState;
};

@ObjectType({ description: "A dossier right after a change (hồ sơ ngay sau thay đổi); `dossier` has today's values." })
export class ChangedDossier {
  @Field(() => ID, { description: "Id of these values, for client caches (định danh)." })
  id!: string;
  @Field(() => ID, { description: "Code of the dossier (mã hồ sơ)." })
  code!: string;
  @Field(() => DossierStateEnum, { description: "State right after the change (trạng thái)." })
  state!: DossierState;
  @Field(() => Int, {
    description:
      "Status code of the national portal right after the change (mã trạng thái quốc gia), Circular 03/2025/TT-VPCP.",
  })
  nationalStatus!: number;
}

@ObjectType({
  description: "A part right after a change (phần việc ngay sau thay đổi); a client cache must not merge it.",
})
export class ChangedPart {
  @Field(() => ID, { description: "Id of the part (mã phần việc)." })
  id!: string;
  @Field(() => PartStateEnum, { description: "State right after the change (trạng thái)." })
  state!: StepState;
}

@ObjectType({
  description: "A change of a dossier (thay đổi của hồ sơ): an entry of its history, in the order of all.",
})
export class DossierChange {
  @Field(() => DateTimeScalar, { description: "Business time of the change (thời điểm)." })
  at!: Change["at"];
  @Field(() => String, { description: "Agency code, or the role of the person who acted (người thực hiện)." })
  actor!: Change["actor"];
  @Field(() => String, { nullable: true, description: "Note in Vietnamese (ghi chú)." })
  note!: Change["note"];
}

@ObjectType({ description: "A page of changes, in their order (danh sách thay đổi)." })
export class DossierChangeConnection {
  @Field(() => [DossierChange], { description: "The changes (các thay đổi)." })
  nodes!: DossierChange[];
  @Field(() => PageInfo, {
    description:
      "End of the page; `endCursor` is never null. A page may be short, or empty, although more follow (phân trang).",
  })
  pageInfo!: PageInfo;
}

@InputType({ description: "Filter of changes; an absent field does not filter (bộ lọc thay đổi)." })
export class DossierChangeFilter {
  @Field(() => String, { nullable: true, description: "Province code (mã tỉnh)." })
  province?: string | null;
  @Field(() => String, { nullable: true, description: "Commune code of the office (nơi tiếp nhận)." })
  office?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: "Code of the dossier's procedure or combination (mã thủ tục).",
  })
  procedure?: string | null;
}

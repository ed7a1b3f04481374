import { Field, ID, Int, ObjectType } from "type-graphql";
import { ClientJsonScalar, DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { Office } from "../dossiers/types.ts";

@ObjectType({ description: "A count of dossiers, and the filter that lists them (chỉ số và bộ lọc)." })
export class BoardCount {
  @Field(() => Int, {
    nullable: true,
    description: "Number of the dossiers; null above 10,000: see totalCountAtLeast (số hồ sơ).",
  })
  totalCount!: number | null;
  @Field(() => Int, { description: "The number, or 10,000 where there are more (ít nhất)." })
  totalCountAtLeast!: number;
  @Field(() => ClientJsonScalar, {
    description: "DossierFilter of these dossiers, for the query `dossiers` (bộ lọc danh sách).",
  })
  filter!: object;
}

@ObjectType({ description: "Today's work of an office in figures (bảng theo dõi trong ngày)." })
export class Board {
  @Field(() => ID, { description: "Office and day, for client caches (định danh)." })
  id!: string;
  @Field(() => Office, { description: "The office (nơi tiếp nhận)." })
  office!: Office;
  @Field(() => DateTimeScalar, { description: "Business time of the counts (thời điểm)." })
  at!: Date;
  @Field(() => Int, { description: "Tickets of today that wait (số đang chờ)." })
  ticketsWaiting!: number;
  @Field(() => Int, { description: "Tickets of today that are served at a counter (số đang phục vụ)." })
  ticketsCalled!: number;
  @Field(() => BoardCount, { description: "Dossiers received today (tiếp nhận trong ngày)." })
  receivedToday!: BoardCount;
  @Field(() => BoardCount, { description: "Dossiers in progress that are due today (đến hạn trong ngày)." })
  dueToday!: BoardCount;
  @Field(() => BoardCount, { description: "Open dossiers after their due date (quá hạn)." })
  overdue!: BoardCount;
  @Field(() => BoardCount, { description: "Dossiers that wait for the citizen's papers (chờ bổ sung)." })
  awaitingSupplement!: BoardCount;
  @Field(() => BoardCount, {
    description: "Completed dossiers whose results are not handed over yet (chờ trả kết quả).",
  })
  readyForHandover!: BoardCount;
}

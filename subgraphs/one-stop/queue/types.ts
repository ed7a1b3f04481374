import { Field, ID, Int, ObjectType } from "type-graphql";
import { PageInfo } from "../../_shared/registers/page-info-type.ts";
import { ExistingDossier, Problem } from "../../_shared/registers/problem-type.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { AlsoId } from "../../_shared/serving/id-field.ts";
import { DateScalar, DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { Office } from "../dossiers/types.ts";
import type { TicketState, tickets } from "./tables.ts";

export type TicketRow = typeof tickets.$inferSelect;

export const TicketStateEnum = describedEnum<TicketState>(
  "TicketState",
  "State of a queue ticket (trạng thái số thứ tự).",
  {
    WAITING: "The ticket waits to be called (đang chờ).",
    CALLED: "The person was called and is being served at a counter (đang phục vụ).",
    DONE: "The person was served (đã phục vụ).",
    ABSENT: "The person did not come (vắng mặt).",
  },
);

/** End of the service of a ticket. */
export const TicketEndEnum = describedEnum<"DONE" | "ABSENT">("TicketEnd", "End of a ticket (kết thúc số thứ tự).", {
  DONE: "The person was served (đã phục vụ).",
  ABSENT: "The person did not come (vắng mặt).",
});

@ObjectType({ description: "Group of people who are called first (đối tượng ưu tiên)." })
export class TicketPriority {
  @AlsoId()
  @Field(() => ID, { description: "Code of the group (mã đối tượng)." })
  code!: string;
  @Field(() => String, { description: "Name in Vietnamese (tên gọi)." })
  name!: string;
  @Field(() => String, { description: "Name in English (tên tiếng Anh)." })
  nameEn!: string;
  @Field(() => String, {
    nullable: true,
    description: "Article that defines the group; null where only the offices' own rules name it (căn cứ).",
  })
  basis!: string | null;
}

@ObjectType({ description: "A queue ticket of an office and a day (phiếu số thứ tự)." })
export class Ticket {
  @Field(() => ID, { description: "Id of the ticket (mã phiếu)." })
  id!: TicketRow["id"];
  @Field(() => Int, { description: "Number in the series of the office and the day, from 1 (số thứ tự)." })
  number!: TicketRow["number"];
  @Field(() => DateScalar, { description: "Day for which it is valid (ngày)." })
  day!: TicketRow["day"];
  @Field(() => Office, { description: "The office (nơi tiếp nhận)." })
  office?: Office;
  @Field(() => TicketPriority, { nullable: true, description: "Priority group, if it has one (đối tượng ưu tiên)." })
  priority?: TicketPriority | null;
  @Field(() => TicketStateEnum, { description: "State (trạng thái)." })
  state!: TicketRow["state"];
  @Field(() => Int, {
    description: "Number of tickets that will be called before it; 0 once called (số người chờ trước).",
  })
  ahead?: number;
  @Field(() => String, { nullable: true, description: "Counter to which it was called (quầy)." })
  counter!: TicketRow["counter"];
  @Field(() => DateTimeScalar, { description: "Time at which it was taken (lấy số lúc)." })
  takenAt!: TicketRow["takenAt"];
  @Field(() => DateTimeScalar, { nullable: true, description: "Time of the call (gọi lúc)." })
  calledAt!: TicketRow["calledAt"];
  @Field(() => DateTimeScalar, { nullable: true, description: "End of the service (kết thúc lúc)." })
  endedAt!: TicketRow["endedAt"];
  @Field(() => [ExistingDossier], {
    description: "Dossiers that were submitted for it, as far as the caller may see them (hồ sơ đã nộp).",
  })
  dossiers?: ExistingDossier[];
}

@ObjectType({ description: "Result of an act on a ticket (kết quả thao tác số thứ tự)." })
export class TicketAct {
  @Field(() => Ticket, { nullable: true, description: "The ticket; null if there are problems (số thứ tự)." })
  ticket!: Ticket | null;
  @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
  problems!: Problem[];
}

@ObjectType({ description: "A page of tickets, by number (danh sách số thứ tự)." })
export class TicketConnection {
  @Field(() => [Ticket], { description: "The tickets (các số thứ tự)." })
  nodes!: Ticket[];
  @Field(() => PageInfo, { description: "End of the page (phân trang)." })
  pageInfo!: PageInfo;
}

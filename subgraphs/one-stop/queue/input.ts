import { Field, InputType } from "type-graphql";

@InputType({ description: "Request for a queue ticket of today (lấy số thứ tự)." })
export class TicketInput {
  @Field(() => String, { description: "Commune code of the office (nơi tiếp nhận)." })
  office!: string;
  @Field(() => String, {
    nullable: true,
    description: "Code of a priority group, as ticketPriorities lists them (đối tượng ưu tiên).",
  })
  priority?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "Personal number that a desk or kiosk has read; a citizen always takes a ticket for the own number (số định danh cá nhân).",
  })
  personalId?: string | null;
}

import { Arg, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { officeName } from "../../_shared/reference/offices.ts";
import { PAGED } from "../../_shared/registers/pages.ts";
import { ExistingDossier } from "../../_shared/registers/problem-type.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import { Dossier, type DossierRow, Office } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { visibleCodes } from "../rights.ts";
import { TicketInput } from "./input.ts";
import { PRIORITY_GROUPS, priorityGroup } from "./priority-groups.ts";
import { callNext, endTicket, ticketById } from "./serve-tickets.ts";
import type { TicketState } from "./tables.ts";
import { type TicketResult, takeTicket } from "./take-ticket.ts";
import { listTickets } from "./ticket-list.ts";
import {
  Ticket,
  TicketAct,
  TicketConnection,
  TicketEndEnum,
  TicketPriority,
  type TicketRow,
  TicketStateEnum,
} from "./types.ts";

const KEY = "1 to 200 printable ASCII characters; the same key and body act once (khóa chống trùng).";
const OFFICE = "Commune code of the office (nơi tiếp nhận).";
const TICKET = "Id of the ticket (mã phiếu).";

const actOf = ({ ticket, problems }: TicketResult): TicketAct => ({
  ticket: ticket as Ticket | null, // the other fields have resolvers
  problems: problems.map(problemForClient),
});

@Resolver()
export class QueueResolver {
  @RequiresScopes("queue:take")
  @Mutation(() => TicketAct, {
    nullable: true,
    description:
      'Takes the next ticket of an office for today, at a kiosk, at a desk or online: `mutation { takeTicket(input: {office: "31471", priority: "ELDERLY"}, idempotencyKey: "kiosk-1-0001") { ticket { number ahead } problems { message } } }` (lấy số thứ tự).',
  })
  async takeTicket(
    @Arg("input", () => TicketInput, { description: "Office and person (nội dung)." }) input: TicketInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<TicketAct> {
    return actOf(await takeTicket(ctx, input, idempotencyKey));
  }

  @RequiresScopes("queue:call")
  @Mutation(() => TicketAct, {
    nullable: true,
    description:
      "Calls the next ticket of today to a counter, priority groups first; counters that call at once get different tickets (gọi số tiếp theo).",
  })
  async callNextTicket(
    @Arg("office", () => String, { description: OFFICE }) office: string,
    @Arg("counter", () => String, { description: "Number or name of the counter, up to 20 characters (quầy)." })
    counter: string,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<TicketAct> {
    return actOf(await callNext(ctx, office, counter, idempotencyKey));
  }

  @RequiresScopes("queue:call")
  @Mutation(() => TicketAct, {
    nullable: true,
    description: "Ends a called ticket as DONE or ABSENT; a repetition changes nothing (kết thúc số).",
  })
  async endTicket(
    @Arg("ticket", () => ID, { description: TICKET }) ticket: string,
    @Arg("end", () => TicketEndEnum, { description: "How it ends (kết quả)." }) end: "DONE" | "ABSENT",
    @Ctx() ctx: OneStopContext,
  ): Promise<TicketAct> {
    return actOf(await endTicket(ctx, ticket, end));
  }

  @RequiresScopes("queue:read")
  @Query(() => Ticket, {
    nullable: true,
    description: "A ticket with the number of tickets ahead; NOT_FOUND outside the caller's reach (xem số thứ tự).",
  })
  async ticket(
    @Arg("id", () => ID, { description: TICKET }) id: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<TicketRow> {
    return ticketById(ctx, id);
  }

  @RequiresScopes("queue:read")
  @Directive(PAGED)
  @Query(() => TicketConnection, {
    nullable: true,
    description: "Tickets of an office's day within the caller's reach, by number (danh sách số thứ tự).",
  })
  async tickets(
    @Arg("office", () => String, { description: OFFICE }) office: string,
    @Arg("day", () => DateScalar, { nullable: true, description: "Today by default (ngày)." }) day: string | null,
    @Arg("states", () => [TicketStateEnum], { nullable: true, description: "Any of these states (trạng thái)." })
    states: TicketState[] | null,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<TicketConnection> {
    const question = { office, day: day ?? legalDayOf(ctx.now), states: states ?? null, first, after: after ?? null };
    return (await listTickets(ctx, question)) as unknown as TicketConnection; // the other fields have resolvers
  }

  @Directive("@listSize(assumedSize: 5)")
  @Query(() => [TicketPriority], { description: "Groups of people who are called first (danh mục đối tượng ưu tiên)." })
  ticketPriorities(): TicketPriority[] {
    return [...PRIORITY_GROUPS];
  }
}

@Resolver(() => Ticket)
export class TicketResolver {
  @FieldResolver(() => Office)
  office(@Root() { office }: TicketRow): Office {
    return { code: office, name: officeName(office) };
  }

  @FieldResolver(() => TicketPriority, { nullable: true })
  priority(@Root() { priority }: TicketRow): TicketPriority | null {
    return (priority && priorityGroup(priority)) || null;
  }

  @FieldResolver(() => Int)
  async ahead(@Root() { id, office, day, state }: TicketRow, @Ctx() ctx: OneStopContext): Promise<number> {
    if (state !== "WAITING") return 0;
    return Math.max((await ctx.loaders.waitingTickets.load({ office, day })).indexOf(id), 0);
  }

  @Directive("@listSize(assumedSize: 2)")
  @FieldResolver(() => [ExistingDossier])
  async dossiers(@Root() { id }: TicketRow, @Ctx() ctx: OneStopContext): Promise<ExistingDossier[]> {
    const codes = await ctx.loaders.dossierCodesByTicket.load(id);
    return [...(await visibleCodes(ctx.db, ctx.caller, codes))].sort().map((code) => ({ code }));
  }
}

@Resolver(() => Dossier)
export class DossierTicketResolver {
  @RequiresScopes("queue:read")
  @FieldResolver(() => Ticket, {
    nullable: true,
    description: "Queue ticket for which the dossier was submitted at a counter (số thứ tự).",
  })
  ticket(@Root() { id }: DossierRow, @Ctx() ctx: OneStopContext): Promise<TicketRow | null> {
    return ctx.loaders.ticketByDossier.load(id);
  }
}

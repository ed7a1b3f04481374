import { and, eq } from "drizzle-orm";
import * as z from "zod";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { type Tx, violatedUnique } from "../../_shared/serving/database.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import type { Alongside } from "../acceptance/opening.ts";
import { idempotencyConflict, officeNotYours, ownProblem, type Problem } from "../acceptance/problems.ts";
import type { OneStopContext } from "../loaders.ts";
import { counterBusy, counterMalformed, queueEmpty, ticketNotCalled } from "./problems.ts";
import { visibleTickets } from "./rights.ts";
import { ticketCounters, ticketDossiers, tickets } from "./tables.ts";
import { recordTicket, type TicketResult } from "./take-ticket.ts";
import { IN_ORDER, waitingAt } from "./ticket-order.ts";
import type { TicketRow } from "./types.ts";

const LONGEST_COUNTER = 20;

const refused = (problem: Problem): TicketResult => ({ ticket: null, problems: [problem] });

/** Calls the next ticket to a counter, once for each key. Counters that call at once get different tickets. */
export async function callNext(
  ctx: OneStopContext,
  office: string,
  counter: string,
  idempotencyKey: string,
): Promise<TicketResult> {
  demandIdempotencyKey(idempotencyKey);
  const place = counter.trim();
  if (ctx.caller.office !== office) return refused(ownProblem(["office"], officeNotYours()));
  if (place.length === 0 || place.length > LONGEST_COUNTER) return refused(ownProblem(["counter"], counterMalformed()));
  const called = { counter: place, calledBy: ctx.caller.subject, callKey: idempotencyKey, calledAt: ctx.now };
  try {
    return await ctx.db.transaction((tx) => callFirst(tx, ctx, office, called));
  } catch (error) {
    const violated = violatedUnique(error);
    if (violated === "tickets_counter_busy") return refused(ownProblem(["counter"], counterBusy()));
    const known = violated === "tickets_call_key" && (await calledBefore(ctx.db, office, called));
    if (known) return known;
    throw error;
  }
}

type Call = { counter: string; calledBy: string; callKey: string; calledAt: Date };

/** Calls the first waiting ticket. The calls of an office's day wait for each other at the lock of its counter. */
async function callFirst(tx: Tx, { caller, now }: OneStopContext, office: string, called: Call): Promise<TicketResult> {
  const day = legalDayOf(now);
  const isCounter = and(eq(ticketCounters.office, office), eq(ticketCounters.day, day));
  await tx.select().from(ticketCounters).where(isCounter).for("update");
  const known = await calledBefore(tx, office, called);
  if (known) return known;
  const [first] = await tx
    .select({ id: tickets.id })
    .from(tickets)
    .where(waitingAt(office, day))
    .orderBy(...IN_ORDER)
    .limit(1);
  if (!first) return refused(ownProblem([], queueEmpty()));
  const [ticket] = await tx
    .update(tickets)
    .set({ state: "CALLED", ...called })
    .where(eq(tickets.id, first.id))
    .returning();
  if (ticket) await recordTicket(tx, caller, ticket);
  return { ticket: ticket ?? null, problems: [] };
}

async function calledBefore(tx: Tx, office: string, called: Call): Promise<TicketResult | null> {
  const { calledBy, callKey, counter } = called;
  const [ticket] = await tx
    .select()
    .from(tickets)
    .where(and(eq(tickets.calledBy, calledBy), eq(tickets.callKey, callKey)));
  if (!ticket) return null;
  if (ticket.office === office && ticket.counter === counter) return { ticket, problems: [] };
  return refused(ownProblem(["idempotencyKey"], idempotencyConflict()));
}

/** Ends the service of a called ticket. The same end again changes nothing. */
export async function endTicket(ctx: OneStopContext, id: string, end: "DONE" | "ABSENT"): Promise<TicketResult> {
  const found = await ticketById(ctx, id);
  const ended = await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .update(tickets)
      .set({ state: end, endedAt: ctx.now })
      .where(and(eq(tickets.id, found.id), eq(tickets.state, "CALLED")))
      .returning();
    if (row) await recordTicket(tx, ctx.caller, row);
    return row;
  });
  const ticket = ended ?? (await ticketById(ctx, id));
  return ticket.state === end ? { ticket, problems: [] } : refused(ownProblem(["ticket"], ticketNotCalled()));
}

/** @throws NOT_FOUND if the caller may not see the ticket */
export async function ticketById(ctx: OneStopContext, id: string): Promise<TicketRow> {
  if (!z.uuid().safeParse(id).success) throw notFound("ticket");
  const [ticket] = await ctx.db
    .select()
    .from(tickets)
    .where(and(eq(tickets.id, id), visibleTickets(ctx.caller)));
  if (!ticket) throw notFound("ticket");
  ctx.access.read(ticket.personalId ?? ticket.id);
  return ticket;
}

/** Links a new dossier to the called ticket for which it is submitted; empty without a ticket. */
export function forTicket({ caller }: OneStopContext, id: string | null): Alongside[] {
  if (!id) return [];
  const link: Alongside = async (tx, dossierId) => {
    const isServed = and(eq(tickets.id, id), eq(tickets.state, "CALLED"), visibleTickets(caller));
    const isId = z.uuid().safeParse(id).success;
    const [served] = isId ? await tx.select({ id: tickets.id }).from(tickets).where(isServed).for("share") : [];
    if (!served) return ownProblem(["ticket"], ticketNotCalled());
    await tx.insert(ticketDossiers).values({ dossierId, ticketId: id });
    return null;
  };
  return [link];
}

import { addDays, legalDayOf, startOfDay, toVietnamTime } from "../../_shared/reference/days.ts";
import { officeName } from "../../_shared/reference/offices.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { countDossiers } from "../dossiers/dossier-list.ts";
import type { DossierFilter } from "../dossiers/input.ts";
import type { OneStopContext } from "../loaders.ts";
import { countTickets } from "../queue/ticket-list.ts";
import type { Board, BoardCount } from "./types.ts";

/**
 * Today's board of an office. Each count of dossiers equals that of the list with its filter.
 * @throws NOT_FOUND for an office that is not the caller's
 */
export async function boardOf(ctx: OneStopContext, office: string): Promise<Board> {
  if (ctx.caller.office !== office) throw notFound("office");
  const today = legalDayOf(ctx.now);
  const [begin, end] = [startOfDay(today), startOfDay(addDays(today, 1))];
  const counted = (filter: DossierFilter) => countOf(ctx, { office, ...filter });
  const [ticketsWaiting, ticketsCalled] = await Promise.all([
    countTickets(ctx.db, office, today, "WAITING"),
    countTickets(ctx.db, office, today, "CALLED"),
  ]);
  const [receivedToday, dueToday, overdue, awaitingSupplement, readyForHandover] = await Promise.all([
    counted({ receivedAfter: begin, receivedBefore: end }),
    counted({ dueAfter: begin, dueBefore: end, states: ["RECEIVED", "IN_PROGRESS"] }),
    counted({ overdue: true }),
    counted({ states: ["AWAITING_CITIZEN"] }),
    counted({ states: ["COMPLETED"] }),
  ]);
  return {
    id: `${office}/${today}`,
    ...{ office: { code: office, name: officeName(office) }, at: ctx.now, ticketsWaiting, ticketsCalled },
    ...{ receivedToday, dueToday, overdue, awaitingSupplement, readyForHandover },
  };
}

async function countOf(ctx: OneStopContext, filter: DossierFilter): Promise<BoardCount> {
  const total = await countDossiers(ctx.db, ctx.caller, filter, ctx.now);
  const asSent = Object.entries(filter).map(([name, value]) => [
    name,
    value instanceof Date ? toVietnamTime(value) : value,
  ]);
  return { ...total, filter: Object.fromEntries(asSent) };
}

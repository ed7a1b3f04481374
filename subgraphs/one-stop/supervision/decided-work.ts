import { and, eq, gte, inArray, or, type SQL, sql } from "drizzle-orm";
import { addDays, legalDayOf } from "../../_shared/reference/days.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { handledCells, handledDays } from "../figures/tables.ts";
import { officesOf, type Scope } from "./scope.ts";
import type { Workload } from "./types.ts";

/** Parts of a group that were decided in the last days; `officer` is the name of the officer, or of one of several. */
export type DecidedWork = { key: string; officer: string } & Pick<Workload, "decided" | "medianWorkingMinutes">;

const MEDIAN_DAYS = 30;

type Row = { id: number; key: string; officer: string; packed: Buffer | null };
type Cell = Pick<Row, "key" | "officer">;

/** Decided parts of a scope by group, in the last days, of which today is one. */
export async function decidedWork(
  { db, now }: { db: Tx; now: Date },
  { place, agency, procedure }: Scope,
  key: SQL,
): Promise<DecidedWork[]> {
  const offices = officesOf(place);
  const { id, officerName } = handledCells;
  const wanted = and(
    inArray(handledCells.office, offices),
    agency ? eq(handledCells.agency, agency) : undefined,
    procedure ? or(eq(handledCells.procedure, procedure), eq(handledCells.dossierProcedure, procedure)) : undefined,
  );
  const counted = and(
    inArray(handledDays.office, offices),
    gte(handledDays.day, addDays(legalDayOf(now), -(MEDIAN_DAYS - 1))),
  );
  // one statement, so that no part has a number of which the cell is not there yet
  const rows = await db.execute<Row>(sql`
    select ${id} as id, ${key} as key, ${officerName} as officer, null::bytea as packed from ${handledCells} where ${wanted}
    union all select 0, '', '', string_agg(${handledDays.packed}, '') from ${handledDays} where ${counted}`);
  const cells = new Map<number, Cell>();
  let packed: Buffer = Buffer.alloc(0);
  for (const row of rows) {
    if (row.packed) packed = row.packed;
    else cells.set(row.id, row);
  }
  return groupsOf(packed, cells);
}

type Group = { officer: string; minutes: number[] };

/** Groups of the packed parts: see `handledDays`. */
function groupsOf(packed: Buffer, cells: ReadonlyMap<number, Cell>): DecidedWork[] {
  const groups = new Map<string, Group>();
  const next = packedNumbers(packed);
  while (next.isThere()) {
    const cell = cells.get(next.number());
    const group = cell && groupOf(groups, cell);
    let minutes = 0;
    for (let numbers = next.number(); numbers > 0; numbers--) {
      const more = next.number();
      minutes += more >> 1;
      for (let parts = more % 2 === 1 ? next.number() : 1; parts > 0; parts--) group?.minutes.push(minutes);
    }
  }
  return [...groups].map(([key, { officer, minutes }]) => ({
    ...{ key, officer, decided: minutes.length, medianWorkingMinutes: leastOfHalf(minutes) },
  }));
}

function groupOf(groups: Map<string, Group>, { key, officer }: Cell): Group {
  const group = groups.get(key) ?? { officer, minutes: [] };
  if (officer < group.officer) group.officer = officer;
  groups.set(key, group);
  return group;
}

/** Reads numbers of seven bits in a byte, the highest first, of which all bytes but the last have the eighth bit. */
function packedNumbers(packed: Buffer) {
  let at = 0;
  return {
    isThere: () => at < packed.length,
    number() {
      let byte = packed[at++] ?? 0;
      let number = byte & 127;
      while (byte > 127) {
        byte = packed[at++] ?? 0;
        number = (number << 7) | (byte & 127);
      }
      return number;
    },
  };
}

/**
 * Least number of minutes that half of the parts needed at most. Sorts no more of the minutes than it must, in their array: 0.9 ms for the
 * 81,000 parts of a province in 103 groups, where a whole sort takes 2.5 ms (measured).
 */
function leastOfHalf(minutes: number[]): number {
  const wanted = Math.ceil(minutes.length / 2) - 1;
  const value = (index: number) => minutes[index] ?? 0;
  for (let [first, last] = [0, minutes.length - 1]; first < last; ) {
    const pivot = value(wanted);
    let [left, right] = [first, last];
    while (left <= right) {
      while (value(left) < pivot) left++;
      while (value(right) > pivot) right--;
      if (left > right) break;
      const moved = value(left);
      minutes[left++] = value(right);
      minutes[right--] = moved;
    }
    if (right < wanted) first = left;
    if (wanted < left) last = right;
  }
  return value(wanted);
}

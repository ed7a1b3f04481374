import { and, asc, eq, gte, inArray, lte, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Tx } from "../../_shared/serving/database.ts";
import type { ChangeConsumer } from "../changes/consumers.ts";
import type { Change } from "../changes/types.ts";
import { payments } from "../payments/tables.ts";
import { dossiers, history, steps } from "../tables.ts";
import { insertMessages } from "./insert-messages.ts";
import { kindOfChange } from "./kind-of-change.ts";
import type { MessageKind } from "./message-kinds.ts";
import type { Route } from "./routes.ts";

type ToldChange = Pick<Change, "position" | "stepKey" | "state">;
type ChangedRow = Awaited<ReturnType<typeof changedRows>>[number];

/** Makes the messages from the stream of changes. Without a route it makes none, and does not make them later. */
export function messageMaker(routes: readonly Route[]): ChangeConsumer {
  return {
    name: "messages",
    async take(tx, changes) {
      if (routes.length > 0) await makeMessages(tx, changes, routes);
    },
  };
}

/**
 * Makes the messages about changes, with a delivery by each route. A row of the history is read as a whole, whatever part of it is
 * among the changes, and has one message at most, however often it is given.
 */
export async function makeMessages(tx: Tx, changes: readonly ToldChange[], routes: readonly Route[]): Promise<void> {
  const rows = rowsToRead(changes);
  if (rows.length === 0) return;
  const told = (await changedRows(tx, rows)).flatMap((row) => {
    const kind = kindOfChange(row.entries, row.at, row);
    const { change, dossierId, at } = row;
    return kind === null ? [] : [{ id: uuidv7(), change, dossierId, kind, at, actBy: actBy(kind, row) }];
  });
  await insertMessages(tx, told, routes);
}

/** Rows with a change of a whole dossier, or of a part that asks for papers; no other one is told. */
function rowsToRead(changes: readonly ToldChange[]): number[] {
  const telling = changes.filter(({ stepKey, state }) => stepKey === null || state === "SUPPLEMENT_NEEDED");
  return [...new Set(telling.map(({ position }) => position.row))];
}

async function changedRows(tx: Tx, rows: readonly number[]) {
  const ofDossier = and(eq(steps.dossierId, history.dossierId), eq(steps.state, "SUPPLEMENT_NEEDED"));
  const answerBy = sql<string | null>`(select min(${steps.supplement} ->> 'dueAt') from ${steps} where ${ofDossier})`;
  const { receivedAt, marks, outcome, certificate } = dossiers;
  return (
    tx
      .select({
        ...{ change: history.id, dossierId: history.dossierId, at: history.at, entries: history.entries },
        ...{ receivedAt, marks, outcome, certificate, payBy: payments.payBy, answerBy },
      })
      .from(history)
      .innerJoin(dossiers, eq(dossiers.id, history.dossierId))
      .leftJoin(payments, eq(payments.dossierId, dossiers.id))
      // the range lets PostgreSQL read the window of the batch once
      .where(
        and(inArray(history.id, [...rows]), gte(history.id, Math.min(...rows)), lte(history.id, Math.max(...rows))),
      )
      .orderBy(asc(history.id))
  );
}

/** End of the term of the act that a message asks for. */
function actBy(kind: MessageKind, { certificate, payBy, answerBy }: ChangedRow): Date | null {
  switch (kind) {
    case "CERTIFICATE_TO_CONFIRM":
      return certificate?.confirmBy ? new Date(certificate.confirmBy) : null;
    case "PAYMENT_AWAITED":
      return payBy;
    case "SUPPLEMENT_ASKED":
    case "SUPPLEMENT_REMINDER":
      return answerBy === null ? null : new Date(answerBy);
    default:
      return null;
  }
}

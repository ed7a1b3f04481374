import type postgres from "postgres";
import { type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import { officeName } from "../../_shared/reference/offices.ts";
import { unpackJson } from "../../_shared/registers/packed-json.ts";
import { type AgencyCode, subgraphOf } from "../../agency-registry.ts";
import type { HandoverMethod } from "../acceptance/application.ts";
import type { DossierKinds } from "../definitions/dossier-kind.ts";
import type { LeasedDelivery } from "./deliveries.ts";
import { AWAITING_STATE } from "./message-kinds.ts";
import { type Recipient, type RequestOfDeclarant, recipientOf } from "./recipient.ts";
import type { MessageFacts } from "./texts/message-facts.ts";
import { toneOf } from "./texts/tone.ts";

/** Facts and recipient of a message, and whether they still hold. */
export type ToldDossier = { facts: MessageFacts; recipient: Recipient; isOutdated: boolean };

type Row = {
  code: string;
  office: string;
  state: string;
  dueAt: Date;
  definitionId: string;
  definitionVersion: number;
  procedureCode: string;
  procedureName: string | null;
  returnsAtOnce: boolean;
  request: Uint8Array;
};
type StoredRequest = RequestOfDeclarant & { handover?: Handover; birth?: { handover?: Handover } };
type Handover = { method: HandoverMethod };

/** Facts of a message at its sending, from the dossier as it is then. */
export async function toldDossier(
  sql: postgres.Sql,
  kinds: DossierKinds,
  { dossierId, kind, actBy, reminderId }: LeasedDelivery,
  { trackingUrl, today }: { trackingUrl: string | null; today: LegalDay },
): Promise<ToldDossier> {
  const [row] = await sql<Row[]>`
    select d.code, d.office, d.state, d.due_at as "dueAt", d.definition_id as "definitionId",
           d.definition_version as "definitionVersion", d.procedure_code as "procedureCode",
           d.procedure_name as "procedureName", d.returns_at_once as "returnsAtOnce", r.request
      from dossiers d join requests r on r.dossier_id = d.id where d.id = ${dossierId}`;
  if (!row) throw new Error(`Dossier ${dossierId} of a message is missing`);
  const request = unpackJson(row.request) as StoredRequest; // every kind of request has these fields
  const { code, definitionId, definitionVersion, procedureCode } = row;
  const reminder = reminderId === null ? null : await reminderOf(sql, reminderId);
  const expiring = reminder?.expiring ?? null;
  const procedureName = row.procedureName ?? kinds.pinned(definitionId, definitionVersion).definition.name;
  return {
    facts: {
      ...{ kind, code, tone: toneOf({ definitionId, procedureCode, procedureName }), office: officeName(row.office) },
      ...{ dueOn: legalDayOf(row.dueAt), actUntil: actBy && legalDayOf(actBy) },
      handover: handoverOf(row, request),
      ...{ answerCode: null, unsubscribeUrl: null, expiring },
      trackingUrl:
        trackingUrl === null || expiring ? null : `${trackingUrl.replace(/\/$/, "")}/${encodeURIComponent(code)}`,
    },
    recipient: recipientOf(request),
    isOutdated: reminder
      ? reminder.hasEnded || reminder.expiring.expiresOn < today
      : (AWAITING_STATE[kind] ?? row.state) !== row.state,
  };
}

/** Names and last day of what a reminder tells, and whether it ended since. */
async function reminderOf(sql: postgres.Sql, id: string) {
  const [row] = await sql<{ agency: AgencyCode; expiresOn: LegalDay; hasEnded: boolean }[]>`
    select agency, expires_on::text as "expiresOn", end_state is not null as "hasEnded" from expiry_reminders where id = ${id}`;
  const facts = row && subgraphOf(row.agency);
  if (!row || !facts || !("expiry" in facts)) throw new Error(`Reminder ${id} of a message is missing`);
  const { hasEnded, expiresOn } = row;
  return { hasEnded, expiring: { vi: facts.expiry.vi, en: facts.expiry.en, expiresOn } };
}

/** Way in which the results reach the citizen first: electronic results with paper copies are collected. */
function handoverOf({ returnsAtOnce }: Row, { handover, birth }: StoredRequest): HandoverMethod {
  const method = (handover ?? birth?.handover)?.method ?? "DESK";
  return method === "ELECTRONIC" && !returnsAtOnce ? "DESK" : method;
}

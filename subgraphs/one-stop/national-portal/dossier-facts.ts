import type postgres from "postgres";
import { unpackHexJson, unpackJson } from "../../_shared/registers/packed-json.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { Application, Channel } from "../acceptance/application.ts";
import type { DossierDefinition } from "../definitions/definition.ts";
import type { DossierKinds } from "../definitions/dossier-kind.ts";
import type { FeeLine, PaymentState } from "../payments/payment.ts";
import type { StoredSupplement } from "../saga/dossier.ts";
import type { StepState } from "../saga/state.ts";
import type { StoredEntry } from "../saga/stored-history.ts";
import type { HistoryOfDossier } from "./progress-steps.ts";

type PartFacts = {
  id: string;
  key: string;
  agency: AgencyCode;
  procedure: string;
  state: StepState;
  supplement: StoredSupplement | null;
  resultId: string | null;
};

/** Facts for the portal from the request of any kind of dossier; a refiled branch keeps the request of its bundle in `birth`. */
type PortalRequest = {
  declarant?: { phone: string | null; email: string | null };
  handover?: Application["handover"];
  papers?: readonly { code: string; attachment?: string | null; kind?: string | null }[];
  birth?: PortalRequest;
};

/** One dossier at one moment, with everything that the exchange has a field for. */
export type DossierFacts = {
  id: string;
  code: string;
  office: string;
  channel: Channel;
  procedureCode: string;
  procedureName: string | null;
  receivedAt: Date;
  dueAt: Date;
  applicantName: string;
  applicantPersonalId: string | null;
  definition: DossierDefinition;
  phone: string | null;
  email: string | null;
  handover: Application["handover"] | null;
  papers: readonly { code: string; attachment: string | null; kind: string | null }[];
  parts: readonly PartFacts[];
  payment: { state: PaymentState; lines: readonly FeeLine[] } | null;
  refiledFrom: string | null;
  refiledAs: readonly string[];
  history: HistoryOfDossier;
  /** Number of the newest row of the history. */
  newestRow: number;
};

type StoredFacts = Omit<
  DossierFacts,
  "definition" | "phone" | "email" | "handover" | "papers" | "history" | "newestRow" | "refiledAs"
> & {
  kindId: string;
  version: number;
  request: Uint8Array;
  history: { id: number; at: string; entries: string }[] | null;
  refiledAs: string[] | null;
};

/** Reads a dossier by its id, in one statement and so at one moment. Null if there is none. */
export async function loadDossierFacts(
  sql: postgres.Sql,
  kinds: DossierKinds,
  id: string,
): Promise<DossierFacts | null> {
  const [row] = await sql<StoredFacts[]>`
    select d.id, d.code, d.office, d.channel, d.procedure_code as "procedureCode", d.procedure_name as "procedureName",
           d.received_at as "receivedAt", d.due_at as "dueAt", d.applicant_name as "applicantName",
           d.applicant_personal_id as "applicantPersonalId", d.definition_id as "kindId", d.definition_version as version, r.request,
           (select json_agg(json_build_object('id', s.id, 'key', s.key, 'agency', s.agency, 'procedure', s.procedure, 'state', s.state,
              'supplement', s.supplement, 'resultId', s.result_id) order by s.ordinal)
              from steps s where s.dossier_id = d.id and s.part) as parts,
           (select json_build_object('state', p.state, 'lines', p.lines) from payments p where p.dossier_id = d.id) as payment,
           (select e.code from steps s join dossiers e on e.id = s.dossier_id where s.id = d.refiled_from) as "refiledFrom",
           (select json_agg(e.code order by e.code) from dossiers e
             where e.refiled_from in (select s.id from steps s where s.dossier_id = d.id)) as "refiledAs",
           (select json_agg(json_build_object('id', h.id, 'at', h.at, 'entries', h.entries) order by h.id)
              from history h where h.dossier_id = d.id) as history
      from dossiers d join requests r on r.dossier_id = d.id where d.id = ${id}`;
  if (!row) return null;
  const { kindId, version, request, history, parts, refiledAs, ...rest } = row;
  const { declarant, handover, papers } = requestFacts(unpackJson(request) as PortalRequest); // written by acceptance alone
  return {
    ...rest,
    definition: kinds.pinned(kindId, version).definition,
    ...{ phone: declarant?.phone ?? null, email: declarant?.email ?? null, handover: handover ?? null },
    papers: (papers ?? []).map(({ code, attachment, kind }) => ({
      ...{ code, attachment: attachment ?? null, kind: kind ?? null },
    })),
    parts: parts ?? [],
    refiledAs: refiledAs ?? [],
    history: (history ?? []).map(({ at, entries }) => ({
      at: new Date(at),
      entries: unpackHexJson(entries) as StoredEntry[], // written by the store of histories alone
    })),
    newestRow: history?.at(-1)?.id ?? 0,
  };
}

function requestFacts({ birth, ...own }: PortalRequest): PortalRequest {
  return { ...birth, ...own };
}

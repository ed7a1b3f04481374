import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unpackJson } from "../../../subgraphs/_shared/registers/packed-json.ts";
import { DOSSIER_STATES, type DossierState, NATIONAL_STATUS } from "../../../subgraphs/one-stop/saga/state.ts";
import type { StoredEntry } from "../../../subgraphs/one-stop/saga/stored-history.ts";
import type { PortalEntry } from "../../national-portal/portal-register.ts";
import type { Harness } from "../harness.ts";
import type { FailingReceiver, ProcessedEvent } from "./failing-receiver.ts";

/** Entry of the history with the state of its dossier after it. `step`: a citizen sees it at the national portal. */
export type ChangeFact = { change: number; state: DossierState; step: boolean };
export type DossierChanges = { code: string; province: string; changes: ChangeFact[] };
/** A message as the desk has it, with the row of the history that it tells. */
export type MessageFact = { id: string; code: string; row: number; state: string };

export type ChannelFacts = {
  /** Dossiers that were received since the channels were opened. */
  dossiers: DossierChanges[];
  province: string;
  processed: readonly ProcessedEvent[];
  /** Statuses of the steps that the portal has, and of the dossier itself, by its code. */
  portal: ReadonlyMap<string, { steps: string[]; status: string }>;
  messages: MessageFact[];
  /** Ids of the messages about dossiers in the spool. */
  spooled: string[];
};

type Opened = { receiver: FailingReceiver; province: string; begin: number };

const STEPS_OF_PARTS: ReadonlySet<string> = new Set([
  "PROCESSING",
  "SUPPLEMENT_NEEDED",
  "GRANTED",
  "REFUSED",
  "CANCELLED",
]);

export async function readChannelFacts(
  { sql, system, data }: Pick<Harness, "sql" | "system" | "data">,
  { receiver, province, begin }: Opened,
): Promise<ChannelFacts> {
  const desk = sql("one-stop");
  const rows = await desk<HistoryRow[]>`
    select h.id, h.entries, d.code, d.province,
           array(select s.key from steps s where s.dossier_id = d.id and s.part) as parts
      from history h join dossiers d on d.id = h.dossier_id where h.id > ${begin} order by h.id`;
  const messages = await desk<MessageFact[]>`
    select m.id, o.code, m.change::float8 as row, d.state
      from messages m join message_deliveries d on d.message_id = m.id join dossiers o on o.id = m.dossier_id
     where m.change > ${begin}`;
  const answer = await fetch(`http://127.0.0.1:${system.ports["national-portal"]}/dossiers`);
  const entries = (await answer.json()) as PortalEntry[];
  const folder = join(data, "messages");
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return {
    ...{ dossiers: changesOf(rows), province, processed: receiver.processed, messages },
    portal: new Map(
      entries.map(({ snapshot, steps }) => [
        snapshot.MaHoSo,
        { steps: steps.map(({ TrangThai }) => TrangThai), status: snapshot.TrangThaiHoSo },
      ]),
    ),
    spooled: files.flatMap((name) => {
      const { id, dossier } = JSON.parse(readFileSync(join(folder, name), "utf8")) as SpooledMessage;
      return dossier === null ? [] : [id]; // a reminder of the seeded papers tells no change
    }),
  };
}

type SpooledMessage = { id: string; dossier: string | null };

type HistoryRow = { id: string; entries: Uint8Array; code: string; province: string; parts: string[] };

/** Dossiers whose history begins with their receipt. */
function changesOf(rows: readonly HistoryRow[]): DossierChanges[] {
  const dossiers = new Map<string, DossierChanges>();
  for (const { id, entries, code, province, parts } of rows) {
    const dossier = dossiers.get(code) ?? { code, province, changes: [] };
    dossiers.set(code, dossier);
    let state = dossier.changes.at(-1)?.state ?? "RECEIVED";
    for (const [place, [stepKey, entryState]] of (unpackJson(entries) as StoredEntry[]).entries()) {
      const own = DOSSIER_STATES.find((each) => stepKey === null && each === entryState);
      state = own ?? state;
      const isPart = stepKey !== null && parts.includes(stepKey) && STEPS_OF_PARTS.has(entryState);
      dossier.changes.push({ change: Number(id) + place, state, step: own !== undefined || isPart });
    }
  }
  return [...dossiers.values()];
}

/** Status codes of the national portal for the steps of a dossier. */
export function stepStatuses({ changes }: DossierChanges): string[] {
  return changes.filter(({ step }) => step).map(({ state }) => String(NATIONAL_STATUS[state]));
}

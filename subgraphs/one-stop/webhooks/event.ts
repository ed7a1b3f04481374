import { cursorOf } from "../changes/position.ts";
import type { DossierState } from "../saga/state.ts";
import { NATIONAL_STATUS } from "../saga/state.ts";
import type { DeliveryKind } from "./tables.ts";

export const EVENT_TYPES: Readonly<Record<DeliveryKind, string>> = {
  CHANGE: "motcua.dossier.changed",
  PING: "motcua.webhook.ping",
};
const SOURCE = "/one-stop/dossiers";
/** Digits of the largest number of a change. */
const SEQUENCE_DIGITS = 16;

/** Facts of an event. */
export type EventFacts = {
  id: string;
  kind: DeliveryKind;
  at: Date;
  dossierId: string | null;
  code: string | null;
  row: number | null;
  place: number | null;
  dossierState: DossierState | null;
};

/**
 * Body of a delivery: a CloudEvent 1.0 in the structured JSON format, without personal data, the same at each attempt. Its
 * `sequence` (an extension of CloudEvents) orders the events of a source as texts.
 */
export function eventBody({ id, kind, at, dossierId, code, row, place, dossierState }: EventFacts): string {
  const event = { specversion: "1.0", id, source: SOURCE, type: EVENT_TYPES[kind], time: at.toISOString() };
  const json = { ...event, datacontenttype: "application/json" };
  if (dossierId === null || code === null || row === null || place === null || dossierState === null)
    return JSON.stringify({ ...json, data: {} });
  const sequence = String(row + place).padStart(SEQUENCE_DIGITS, "0");
  const data = {
    code,
    state: dossierState,
    nationalStatus: NATIONAL_STATUS[dossierState],
    cursor: cursorOf({ row, place, dossierId, at }),
  };
  return JSON.stringify({ ...json, subject: code, sequence, data });
}

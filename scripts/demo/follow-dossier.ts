import { setTimeout as sleep } from "node:timers/promises";
import { toVietnamTime } from "../../subgraphs/_shared/reference/days.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import type { Dossier, HistoryNode } from "./contract-responses.ts";
import type { Answer } from "./gateway-client.ts";

const PATIENCE_MS = 40_000;
const EVERY_MS = 100;
const END_STATES = new Set(["COMPLETED", "RETURNED", "NOT_ACCEPTED", "WITHDRAWN", "STOPPED"]);
const STEP_STATES = new Set(["BLOCKED", "READY", "SENT", "PROCESSING", "GRANTED", "REFUSED"]);

/**
 * Polls the dossier and reports new entries of its history until no step is open or forty seconds have passed. Resolves with
 * the last response.
 */
export async function followDossier(
  read: () => Promise<Answer<{ dossier: Dossier | null }>>,
  say: (line: string) => void,
): Promise<Answer<{ dossier: Dossier | null }>> {
  const began = performance.now();
  let printed = 0;
  for (;;) {
    const answer = await read();
    const dossier = answer.data?.dossier;
    if (!dossier) return answer;
    for (const node of dossier.history.nodes.slice(printed)) say(historyLine(node, dossier));
    printed = dossier.history.nodes.length;
    if (END_STATES.has(dossier.state)) return answer;
    if (performance.now() - began > PATIENCE_MS) {
      for (const line of openParts(dossier)) say(line);
      return answer;
    }
    await sleep(EVERY_MS);
  }
}

/** `agency` in Vietnamese and English; another actor (a role) as it is. */
export function agencyTitle(agency: string): string {
  const found = subgraphs.find((s) => s.agency === agency);
  return found ? `${found.vi} / ${found.en}` : agency;
}

function historyLine({ at, actor, state, part, note }: HistoryNode, dossier: Dossier): string {
  const procedure = dossier.parts.find(({ id }) => id === part?.id)?.procedure;
  // a step without a part, such as the personal number, is named by its note
  const about = procedure ? `${procedure.code} ${procedure.name}` : STEP_STATES.has(state) ? "" : "hồ sơ / dossier";
  return `${clockTime(at)}  ${agencyTitle(actor).padEnd(58)}  ${[about, note, state].filter(Boolean).join(" · ")}`;
}

function clockTime(at: string): string {
  return toVietnamTime(new Date(at)).slice(11).replace("+07:00", "").padEnd(12, " ");
}

function openParts(dossier: Dossier): string[] {
  return dossier.parts
    .filter(({ state }) => !["GRANTED", "REFUSED", "CANCELLED", "NOT_APPLICABLE"].includes(state))
    .map(({ agency, procedure, state, delivery }) => {
      const tries = delivery ? `, ${delivery.state}, ${delivery.attempts} attempts` : "";
      return `Still open: ${procedure?.code} at ${agencyTitle(agency?.code ?? "?")}: ${state}${tries}`;
    });
}

import * as z from "zod";
import { type DemoState, FAULT_MODES, type FaultMode } from "../../subgraphs/_shared/demo/demo-state.ts";
import type { KillRequests } from "../../subgraphs/_shared/demo/kill-requests.ts";
import { toVietnamTime } from "../../subgraphs/_shared/reference/days.ts";
import { type AgencyCode, agencyCodes, subgraphOf, subgraphs } from "../../subgraphs/agency-registry.ts";
import { devRefusal } from "./dev-refusal.ts";

const GATEWAY = "gateway";
const EXAMPLE = '{"now": "2026-02-13T16:10:00+07:00"}';
const clockInput = z.object({ now: z.iso.datetime({ offset: true }).nullable() });
const faultModeInput = z.object({ mood: z.enum(FAULT_MODES) });

export type ClockFace = { now: string; offsetMs: number };

/** Business clock, shared by all processes. `now` is the machine's time in milliseconds. */
export function readClock(state: DemoState, now: number): ClockFace {
  const offsetMs = state.clockOffsetMs();
  return { now: toVietnamTime(new Date(now + offsetMs)), offsetMs };
}

/** Sets the business clock, which continues from there; `{"now": null}` resets it to the machine's. @throws DevRefusal */
export function setClock(state: DemoState, input: unknown, now: number): ClockFace {
  const parsed = clockInput.safeParse(input);
  if (!parsed.success) throw devRefusal("now", "must be an instant with an offset, or null", `send ${EXAMPLE}`);
  const wanted = parsed.data.now;
  state.setClockOffsetMs(wanted === null ? 0 : Date.parse(wanted) - now);
  return readClock(state, now);
}

export function readFaultModes(state: DemoState): Record<AgencyCode, FaultMode> {
  const modes = agencyCodes.map((agency) => [agency, state.faultMode(agency)]);
  return Object.fromEntries(modes) as Record<AgencyCode, FaultMode>; // one entry for each code of the list
}

/** Agency by the name of its subgraph or by its code. @throws DevRefusal */
export function namedAgency(name: string): AgencyCode {
  const found = subgraphs.find((each) => each.name === name || each.agency === name);
  if (found) return found.agency;
  throw devRefusal("NAME", "names no agency", `use one of ${subgraphs.map((each) => each.name).join(", ")}`);
}

/** Sets the fault mode of an agency. @throws DevRefusal */
export function setFaultMode(
  state: DemoState,
  agency: AgencyCode,
  input: unknown,
): { agency: AgencyCode; mood: FaultMode } {
  const parsed = faultModeInput.safeParse(input);
  if (!parsed.success)
    throw devRefusal("mood", "is not one of the fault modes", `send {"mood": "${FAULT_MODES.join('" | "')}"}`);
  state.setFaultMode(agency, parsed.data.mood);
  return { agency, mood: parsed.data.mood };
}

/** Has the supervisor kill an agency or the gateway (`kill -9`) and start it again. @throws DevRefusal */
export function killProcess(requests: KillRequests, name: string): { process: string; signal: "SIGKILL" } {
  const process = name === GATEWAY ? name : subgraphOf(namedAgency(name)).name;
  if (!requests.isSupervised())
    throw devRefusal("NAME", "is a process that nothing would start again", "start the system with npm start");
  requests.add(process);
  return { process, signal: "SIGKILL" };
}

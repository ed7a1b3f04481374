import { fromDemo, toDemo } from "../client/demo-endpoints.ts";
import { ask } from "../client/graph.ts";
import { duration } from "../client/language.ts";
import type { Agency, Mode } from "./agency-card.ts";
import { texts } from "./texts.ts";

const REFRESH_MS = 3_000;
const PROBE_MS = 300;
/** Shows the end of a process for a while after it is back. */
const TOLD_MS = 8_000;

/** Field of a citizen for each agency, by which it is asked for a sign of life. */
const PROBES: Record<string, string> = {
  ONE_STOP: "dossiers(first: 1) { totalCount }",
  CIVIL_STATUS: "birth { number }",
  RESIDENCE: "residency { relationToHead }",
  HEALTH_INSURANCE: "healthInsuranceCard { number }",
  LAND: "landCertificates { serial }",
  BUSINESS: "businesses { code }",
};

/** Longest wait for a sign of life: an agency that is switched off gives none. */
const PATIENCE_MS = 60_000;

type Modes = Partial<Record<string, Mode>>;

/** Fault modes and processes of the agencies, as the demo's endpoints change them. */
export function faultSwitches(change: () => void) {
  const state = { modes: {} as Modes, killed: new Map<string, string>(), isSupervised: false };

  async function refresh(): Promise<void> {
    state.modes = (await fromDemo<Modes>("agencies")) ?? state.modes;
    change();
  }

  async function untilAlive({ code }: Agency, personalId: string): Promise<void> {
    const query = `query SignOfLife($id: PersonalId!) { citizen(personalId: $id) { ${PROBES[code]} } }`;
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until; ) {
      await new Promise((resolve) => setTimeout(resolve, PROBE_MS));
      const { extensions } = await ask({ persona: "clerk", query, variables: { id: personalId } });
      if (extensions?.agencies?.[code]?.state === "LIVE") return;
    }
  }

  setInterval(() => document.visibilityState === "visible" && refresh(), REFRESH_MS);
  return {
    state,
    async begin(): Promise<void> {
      const { supervised = false } = (await fromDemo<{ supervised: boolean }>("kill")) ?? {};
      state.isSupervised = supervised;
      await refresh();
    },
    async setMode({ name, code }: Agency, mode: Mode): Promise<void> {
      state.modes = { ...state.modes, [code]: mode };
      change();
      await toDemo(`agencies/${name}`, { mood: mode });
    },
    /** Kills the process of an agency and waits for a sign of life. */
    async kill(agency: Agency, personalId: string): Promise<void> {
      const began = performance.now();
      const tell = (text: string | undefined) => {
        if (text) state.killed.set(agency.code, text);
        else state.killed.delete(agency.code);
        change();
      };
      if (!personalId || !(await toDemo(`kill/${agency.name}`))) return;
      tell(texts.killed);
      await untilAlive(agency, personalId);
      tell(texts.revived(duration(performance.now() - began)));
      setTimeout(() => tell(undefined), TOLD_MS);
    },
  };
}

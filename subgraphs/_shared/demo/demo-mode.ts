import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { type AgencyCode, type SubgraphName, subgraph } from "../../agency-registry.ts";
import { parseProcedureCode } from "../reference/identifiers/procedure-code.ts";
import { BadConfiguration, readEnvironment } from "../serving/environment.ts";
import { type Decision, PLAIN_MODE, type ServingMode } from "../serving/serving-mode.ts";
import { demoState } from "./demo-state.ts";

/** Delay of a SLOW agency: beyond the check budget and within the deadline of a delivery. */
const SLOW_MS = 1_500;

/**
 * The mode in which an agency is served: the demo's if MOTCUA_DEMO_DIR names its directory, otherwise the plain one.
 * @throws BadConfiguration for a demo in production
 */
export function servingMode(name: SubgraphName, environment: NodeJS.ProcessEnv): ServingMode {
  const read = readEnvironment(
    { MOTCUA_DEMO_DIR: z.string().optional(), NODE_ENV: z.string().default("development") },
    environment,
  );
  refuseDemoInProduction(read);
  return read.MOTCUA_DEMO_DIR ? demoMode(read.MOTCUA_DEMO_DIR, subgraph(name).agency) : PLAIN_MODE;
}

/** @throws BadConfiguration: demo tokens, fault modes and clocks are refused where real people are served. */
function refuseDemoInProduction(read: { NODE_ENV: string; MOTCUA_DEMO_DIR?: string | undefined }): void {
  if (read.NODE_ENV === "production" && read.MOTCUA_DEMO_DIR) {
    throw new BadConfiguration(
      "  MOTCUA_DEMO_DIR: demo mode is refused when NODE_ENV=production; unset one of the two",
    );
  }
}

function demoMode(directory: string, agency: AgencyCode): ServingMode {
  const state = demoState(directory);
  const faultMode = () => state.faultMode(agency);
  return {
    seeds: true,
    showsMetrics: true,
    now: () => new Date(Date.now() + state.clockOffsetMs()),
    isDown: () => faultMode() === "DOWN",
    beforeRequest: async () => {
      if (faultMode() === "SLOW") await sleep(SLOW_MS);
    },
    losesResponse: () => faultMode() === "LOSES_ANSWERS",
    decide(procedure, now) {
      // only procedures of the catalogue: clients see their decisions, but not those of the internal steps
      if (!parseProcedureCode(procedure).ok) return undefined;
      if (faultMode() === "REFUSES") return { ...UNDECIDED, state: "REFUSED", decidedAt: now, refusal: REFUSAL };
      if (faultMode() === "ASKS_FOR_PAPERS")
        return { ...UNDECIDED, state: "SUPPLEMENT_NEEDED", supplement: SUPPLEMENT };
      return undefined;
    },
  };
}

const UNDECIDED: Omit<Decision, "state"> = {
  decidedAt: null,
  result: null,
  facts: null,
  refusal: null,
  supplement: null,
};
const REFUSAL = {
  code: "REFUSED_ON_DEMAND",
  message: "Cơ quan từ chối (chế độ trình diễn)",
  messageEn: "The agency refuses (demo fault mode)",
  legalBasis: "Nghị định 118/2025/NĐ-CP",
};
const SUPPLEMENT = [
  {
    code: "DEMO_PAPER",
    description: "Bổ sung giấy tờ theo yêu cầu (chế độ trình diễn) / paper requested by the demo fault mode",
  },
];

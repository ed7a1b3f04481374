import { demoState } from "../../subgraphs/_shared/demo/demo-state.ts";
import { killRequests } from "../../subgraphs/_shared/demo/kill-requests.ts";
import { DEFAULT_COMMUNE, familyInputs } from "../../subgraphs/_shared/demo/population.ts";
import { facilitiesOf } from "../../subgraphs/_shared/reference/sample-facilities.ts";
import type { DemoTrust } from "../identity/token-trust.ts";
import { demoClient } from "./demo-client.ts";
import { demoIssuer, TOKEN_LIFETIME_S } from "./demo-issuer.ts";
import { killProcess, namedAgency, readClock, readFaultModes, setClock, setFaultMode } from "./demo-switches.ts";
import { devRefusal } from "./dev-refusal.ts";
import { exampleSituations } from "./example-situations.ts";
import { exampleOf } from "./examples.ts";
import { demandedCommune, personaClaims, personas } from "./personas.ts";

const MOST_FAMILIES = 5_000;
/** Endpoints whose path continues with a name. */
const NAMED = new Set(["agencies", "example", "kill"]);

/** Request below /dev: the segments of its path after /dev, its parameters, and the JSON body of a POST. */
type DevRequest = {
  method: string;
  path: string[];
  search: URLSearchParams;
  /** Address of this gateway, such as `http://127.0.0.1:4000`. */
  origin: string;
  input: () => Promise<unknown>;
};

/** Body of the response, or undefined where there is no such endpoint. */
export type DevEndpoints = (request: DevRequest) => Promise<unknown>;

/** Endpoints of demo mode for developers of clients; the contract's README describes each. */
export function devEndpoints(trust: DemoTrust): DevEndpoints {
  const state = demoState(trust.directory);
  const kills = killRequests(trust.directory);
  const issue = demoIssuer(trust);

  async function token(search: URLSearchParams) {
    const claims = personaClaims(search.get("persona") ?? undefined, search.get("commune") ?? undefined);
    return { access_token: await issue(claims, new Date()), token_type: "Bearer", expires_in: TOKEN_LIFETIME_S };
  }

  function couples(search: URLSearchParams) {
    const code = demandedCommune(search.get("commune") ?? DEFAULT_COMMUNE).code;
    return familyInputs(count(search, "first", 10), count(search, "offset", 0), code);
  }

  const businessNow = () => new Date(Date.now() + state.clockOffsetMs());

  return async ({ method, path, search, origin, input }) => {
    const [what, name, ...more] = path;
    if (more.length > 0 || (name !== undefined && !NAMED.has(what ?? ""))) return undefined;
    const agency = what === "agencies" && name !== undefined ? namedAgency(name) : undefined;
    switch (`${method} ${what}`) {
      case "GET token":
        return token(search);
      case "GET personas":
        return personas;
      case "GET families":
        return couples(search);
      case "GET care-facilities":
        return facilitiesOf(demandedCommune(search.get("commune") ?? DEFAULT_COMMUNE).code);
      case "GET example": {
        const given = exampleSituations(demoClient(trust, `${origin}/graphql`), businessNow);
        return name && exampleOf(name, search.get("state"), given);
      }
      case "GET clock":
        return readClock(state, Date.now());
      case "POST clock":
        return setClock(state, await input(), Date.now());
      case "GET agencies":
        return agency ? { agency, mood: state.faultMode(agency) } : readFaultModes(state);
      case "POST agencies":
        return agency && setFaultMode(state, agency, await input());
      case "GET kill":
        return name === undefined ? { supervised: kills.isSupervised() } : undefined;
      case "POST kill":
        return name && killProcess(kills, name);
      default:
        return undefined;
    }
  };
}

function count(search: URLSearchParams, name: string, fallback: number): number {
  const given = search.get(name);
  if (given === null) return fallback;
  if (/^\d{1,6}$/.test(given) && Number(given) <= MOST_FAMILIES) return Number(given);
  throw devRefusal(name, "is not a number of families", `use a whole number from 0 to ${MOST_FAMILIES}`);
}

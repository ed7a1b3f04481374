import { afterAll, beforeAll } from "vitest";
import type { PortalEntry } from "../../../scripts/national-portal/portal-register.ts";
import { type PortalStandIn, serveNationalPortal } from "../../../scripts/national-portal/stand-in.ts";
import { procedureForm } from "../../../subgraphs/one-stop/procedures/forms/forms.ts";
import { DOSSIER_STATES, NATIONAL_STATUS } from "../../../subgraphs/one-stop/saga/state.ts";
import { type DossierData, shortBackoff } from "../../kit/dossier-outcomes.ts";
import { postedPapers } from "../../kit/posted-papers.ts";
import { serial } from "../../kit/serial-numbers.ts";
import { buildWorld, clerk, contract, type Persona, type World } from "../../world.ts";
import { ACCOUNT, portalVariables } from "./portal-account.ts";

export const aKey = () => `portal-${process.pid}-${serial("key")}`;

/** A world whose desk delivers to a stand-in of the national portal. */
export type PortalWorld = {
  readonly world: World;
  readonly portal: PortalStandIn;
  submitted(procedure: string, more?: object): Promise<DossierData>;
  read(code: string, who?: Persona): Promise<DossierData>;
  /** The portal's entry as soon as it has all that the desk has. */
  delivered(code: string): Promise<PortalEntry>;
};

const DOSSIER = `query ($code: ID!) { dossier(code: $code) { code state nationalStatus receivedAt dueAt
  parts { id state procedure { code } supplement { items { code } } }
  history(first: 200) { nodes { state part { id } } } } }`;
const SHOWN = ["PROCESSING", "SUPPLEMENT_NEEDED", "GRANTED", "REFUSED", "CANCELLED"];

export function portalWorld(environment: NodeJS.ProcessEnv = {}): PortalWorld {
  let world: World;
  let portal: PortalStandIn;
  beforeAll(async () => {
    portal = await serveNationalPortal({ port: 0, ...ACCOUNT });
    const desk = { ...shortBackoff["one-stop"], ...portalVariables(portal.url), ...environment };
    world = await buildWorld({ "one-stop": desk });
  });
  afterAll(async () => {
    await world?.close();
    await portal?.close();
  });
  const kit: PortalWorld = {
    get world() {
      return world;
    },
    get portal() {
      return portal;
    },
    async submitted(procedure, more = {}) {
      const input = {
        ...{ procedure, office: "31471", channel: "DESK", form: procedureForm(procedure).example },
        papers: postedPapers(procedure),
        declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
        handover: { method: "DESK" },
        ...more,
      };
      const variables = { input, idempotencyKey: aKey(), waitMs: 0 };
      const { data, errors } = await world.ask(clerk, contract("submit-dossier"), variables);
      if (!data?.submitDossier?.dossier) throw new Error(JSON.stringify(errors ?? data));
      return kit.read(data.submitDossier.dossier.code);
    },
    async read(code, who = clerk) {
      const { data, errors } = await world.ask(who, DOSSIER, { code });
      if (!data?.dossier) throw new Error(JSON.stringify(errors));
      return data.dossier;
    },
    async delivered(code) {
      for (const deadline = Date.now() + 20_000; ; ) {
        const dossier = await kit.read(code);
        const entry = portal.register.find(code);
        if (entry && isEqual(dossier, entry) && (await isIdle(world, code))) return entry;
        if (Date.now() > deadline)
          throw new Error(`Not delivered: ${JSON.stringify([dossier, entry, await rowOf(world, code)])}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
  return kit;
}

/** Statuses of the steps that the portal is to have, from the public history. */
function expectedStatuses({ history }: DossierData): string[] {
  let status = 2;
  return history.nodes.flatMap(({ state, part }: DossierData) => {
    const own = DOSSIER_STATES.find((each) => each === state);
    if (!part && own) status = NATIONAL_STATUS[own];
    return (!part && own) || (part && SHOWN.includes(state)) ? [String(status)] : [];
  });
}

function isEqual(dossier: DossierData, { snapshot, steps }: PortalEntry): boolean {
  const statuses = steps.map(({ TrangThai }) => TrangThai);
  return (
    JSON.stringify(statuses) === JSON.stringify(expectedStatuses(dossier)) &&
    snapshot.TrangThaiHoSo === String(dossier.nationalStatus)
  );
}

/** True after the last message of a turn: the newest data come after the last step. */
async function isIdle(world: World, code: string): Promise<boolean> {
  const row = await rowOf(world, code);
  return row?.next_attempt_at === null && row.lease_until === null && row.problem === null;
}

export async function rowOf(world: World, code: string) {
  const [row] = await world.sql("one-stop")`
    select p.* from portal_deliveries p join dossiers d on d.id = p.dossier_id where d.code = ${code}`;
  return row;
}

import type { AgencyCode } from "../../subgraphs/agency-registry.ts";
import { type BirthInput, submit } from "../given.ts";
import { contract, type Persona, type World } from "../world.ts";
import type { ResponseJson } from "./response-json.ts";

export type DossierData = ResponseJson;

export const BIRTH = "1.001193";
export const RESIDENCE = "1.004222";
export const INSURANCE = "1.014137";

/** Short backoff for fast tests; the real one is tested with the saga's decisions. */
export const shortBackoff = {
  "one-stop": { SAGA_BACKOFF_BASE_MS: "50", SAGA_BACKOFF_CAP_MS: "200", SAGA_POLL_MS: "50" },
};

/** Part of a dossier by its procedure. */
export function partOf(dossier: DossierData, procedure: string): DossierData {
  const part = dossier.parts.find((each: DossierData) => each.procedure.code === procedure);
  if (!part) throw new Error(`The dossier has no part ${procedure}`);
  return part;
}

/** States of the requested parts, in the order birth, residence, card. */
export function statesOf(dossier: DossierData): string[] {
  return [BIRTH, RESIDENCE, INSURANCE].flatMap((procedure) =>
    dossier.parts
      .filter((part: DossierData) => part.procedure.code === procedure)
      .map((part: DossierData) => part.state),
  );
}

export const isDone = (dossier: DossierData) => dossier.outcome !== null;

/** Sends a request that must be acknowledged. @returns the dossier of the submission's response */
export async function acknowledged(
  world: World,
  input: BirthInput,
  options: Parameters<typeof submit>[2] = {},
): Promise<DossierData> {
  const { data, errors } = await submit(world, input, options);
  const dossier = data?.submitBirthBundle?.dossier;
  if (!dossier) throw new Error(`Not acknowledged: ${JSON.stringify(errors ?? data)}`);
  return dossier;
}

/** Numbers of register entries created by the dossiers with these codes. */
export async function registered(world: World, codes: string[]) {
  const count = async (rows: Promise<readonly { n: number }[]>) => (await rows)[0]?.n ?? 0;
  const [births, numbers, residencies, cards] = await Promise.all([
    count(
      world.sql(
        "civil-status",
      )`select count(*)::int as n from births where dossier in ${world.sql("civil-status")(codes)}`,
    ),
    count(
      world.sql("residence")`select count(*)::int as n from persons where dossier in ${world.sql("residence")(codes)}`,
    ),
    count(
      world.sql(
        "residence",
      )`select count(*)::int as n from residencies where dossier in ${world.sql("residence")(codes)}`,
    ),
    count(
      world.sql(
        "health-insurance",
      )`select count(*)::int as n from cards where dossier in ${world.sql("health-insurance")(codes)}`,
    ),
  ]);
  return { births, numbers, residencies, cards };
}

export const one = { births: 1, numbers: 1, residencies: 1, cards: 1 };

/** Waits by SQL until no step of these dossiers is open. */
export async function settled(world: World, codes: string[], withinMs = 20_000): Promise<void> {
  const sql = world.sql("one-stop");
  for (const deadline = Date.now() + withinMs; ; await pause(50)) {
    const open = await sql`
      select d.code, s.key, s.state from steps s join dossiers d on d.id = s.dossier_id
       where d.code in ${sql(codes)} and s.state in ('BLOCKED', 'READY', 'SENT')`;
    if (open.length === 0) return;
    if (Date.now() > deadline) throw new Error(`Not settled: ${JSON.stringify(open)}`);
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Parts of a dossier that an agency received. */
export async function received(world: World, agency: "civil-status" | "residence" | "health-insurance", code: string) {
  return world.sql(agency)`select procedure, state from received_parts where dossier = ${code}`;
}

/** Sets the business clock of the whole system to an instant, from which it continues. */
export function setClock(world: World, now: string): void {
  world.demo.setClockOffsetMs(Date.parse(now) - Date.now());
}

/** Runs a story while an agency is in a fault mode, then resets the mode. */
export async function inFaultMode<T>(
  world: World,
  agency: AgencyCode,
  mode: Parameters<World["demo"]["setFaultMode"]>[1],
  story: () => Promise<T>,
): Promise<T> {
  world.demo.setFaultMode(agency, mode);
  try {
    return await story();
  } finally {
    world.demo.setFaultMode(agency, "UP");
  }
}

/** Problems of a submission: code, path, and the dossier they name. */
export function problemsOf(answer: DossierData): { code: string; path: string[]; names: string | null }[] {
  const [{ problems }] = Object.values<DossierData>(answer.data) as [DossierData]; // one operation was sent
  return problems.map((problem: DossierData) => ({
    code: problem.code,
    path: problem.path,
    names: problem.existingDossier?.code ?? null,
  }));
}

export async function checkOf(world: World, who: Persona, input: BirthInput): Promise<DossierData> {
  const { data, errors } = await world.ask(who, contract("check-birth-bundle"), { input });
  if (!data?.checkBirthBundle) throw new Error(`Not checked: ${JSON.stringify(errors)}`);
  return data.checkBirthBundle;
}

import { expect, it } from "vitest";
import type { FaultMode } from "../../subgraphs/_shared/demo/demo-state.ts";
import { seededRandom } from "../../subgraphs/_shared/demo/population-random.ts";
import { aTaxCode } from "../business/business-acts.ts";
import { aBusinessStart, readDossier } from "../given.ts";
import { type DossierData, isDone, pause, shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const SEED = Number(process.env.BUSINESS_STARTS_SEED ?? 1);
const STARTS = Number(process.env.BUSINESS_STARTS ?? 8);
const MODES = ["UP", "DOWN", "LOSES_ANSWERS"] as const satisfies FaultMode[];
const LINES: readonly [string[], ...string[][]] = [["5610"], ["5510"], ["9329"], ["1410"], ["4730", "5630"]];
const OFFICERS: Record<string, string> = { BUSINESS: "business-officer", HEALTH_INSURANCE: "insurer" };
const aKey = () => `histories-${process.pid}-${serial("key")}`;

type Random = ReturnType<typeof seededRandom>;
type Start = ReturnType<typeof aBusinessStart>;

/** Requests for some businesses; each third owner asks twice, under another name and address. */
function starts(random: Random): Start[] {
  return Array.from({ length: STARTS }, (_, n) => {
    const input = aBusinessStart(random.pick(LINES));
    if (n % 4 === 0) return [asCompany(input)];
    const { business } = input;
    const address = { ...business.address, line: "Số 99" };
    const again = { ...input, business: { ...business, name: `${business.name} khác`, address } };
    return n % 3 === 0 ? [input, again] : [input];
  }).flat();
}

function asCompany(input: Start): Start {
  const people = input.business.people.map((each) => ({ ...each, role: "REPRESENTATIVE" }));
  return { ...input, business: { ...input.business, form: "LLC_ONE_MEMBER", code: aTaxCode(), people } };
}

/** Submits a request; null if it has problems, because the owner's other request came first. */
async function submit(input: Start): Promise<string | null> {
  const variables = { input, idempotencyKey: aKey(), waitMs: 0 };
  const { data, errors } = await world.current.ask(clerk, contract("submit-business-start-bundle"), variables);
  expect(errors).toBeUndefined();
  return data.submitBusinessStartBundle.dossier?.code ?? null;
}

/** Decides the parts that wait for an officer, as chance has it. */
async function decideParts({ parts }: DossierData, random: Random): Promise<void> {
  for (const { id, state, agency } of parts) {
    if (state !== "PROCESSING") continue;
    const refuse = { reason: "Không đủ điều kiện", legalBasis: "Nghị định 168/2025/NĐ-CP" };
    const decision = random.below(4) === 0 ? { refuse } : { grant: { facts: {} } };
    const variables = { part: id, decision, idempotencyKey: aKey() };
    await world.current.ask({ persona: OFFICERS[agency.code] ?? "" }, contract("decide-part"), variables);
  }
}

/** Works on the dossiers until all have ended, while the business agency is now well and now not. */
async function workOn(codes: readonly string[], random: Random): Promise<void> {
  const open = new Set(codes);
  for (let round = 0; open.size > 0; round++) {
    world.current.demo.setFaultMode("BUSINESS", round > 10 ? "UP" : random.pick(MODES));
    for (const code of open) {
      const { data } = await readDossier(world.current, code);
      if (isDone(data.dossier)) open.delete(code);
      else await decideParts(data.dossier, random);
    }
    if (round > 200) throw new Error(`Dossiers that do not end: ${[...open]}`);
    await pause(100);
  }
}

it("whatever fails meanwhile, each granted registration and licence is in the register once, and nothing else is", async () => {
  const random = seededRandom(SEED);
  world.current.demo.setFaultMode("BUSINESS", random.pick(MODES));
  const codes = (await Promise.all(starts(random).map(submit))).filter((code) => code !== null);
  expect(codes.length).toBeGreaterThan(STARTS / 2);
  await workOn(codes, random);

  const desk = world.current.sql("one-stop");
  const register = world.current.sql("business");
  const granted = await desk<{ id: string; kind: string }[]>`
    select s.id, case s.key when 'REGISTRATION' then 'REGISTRATION' else 'LICENCE' end as kind
      from steps s join dossiers d on d.id = s.dossier_id
     where d.code in ${desk(codes)} and s.agency = 'BUSINESS' and s.state = 'GRANTED' order by s.id`;
  const entered = await register<{ id: string; kind: string }[]>`
    select idempotency_key as id, kind from acts where ground in ${register(codes)} order by idempotency_key`;
  expect([...entered]).toEqual([...granted]);
  const counts = await register`
    select count(*) filter (where kind = 'REGISTRATION')::int as businesses,
           count(*) filter (where kind = 'LICENCE')::int as licences,
           (select count(*)::int from business_versions where ground in ${register(codes)}) as versions,
           (select count(*)::int from licence_versions where ground in ${register(codes)}) as issues
      from acts where ground in ${register(codes)}`;
  expect(counts[0]).toMatchObject({ versions: counts[0]?.businesses, issues: counts[0]?.licences });
  expect(counts[0]?.businesses).toBeGreaterThan(0);
  const owners = await register`
    select household_owner from live_businesses where household_owner is not null group by 1 having count(*) > 1`;
  expect([...owners]).toEqual([]);
});

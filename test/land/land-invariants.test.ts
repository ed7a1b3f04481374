import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { definition } from "../../subgraphs/land/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { AN, aBlank, aMortgage, aNewParcel, aTransfer, BINH, CHI, HALF, landOfficer } from "./land-acts.ts";

/** Number of random histories; each is a list of rounds whose acts run at once. */
const HISTORIES = Number(process.env.LAND_HISTORIES ?? 5);
const PARCELS = 3;
const AREA_TENTHS = 1_000;

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act, registered } = landOfficer(() => agency);
const PEOPLE = [AN, BINH, CHI];

/** An act on one or two of the parcels that came of the first ones. Most of them are possible, and some at once are not. */
type Step = { kind: string; at: number; other: number; who: number; whom: number; part: number };
const steps = fc.record<Step>({
  kind: fc.constantFrom("transfer", "dossier", "dossier", "split", "merge", "mortgage", "release", "issue"),
  at: fc.nat(5),
  other: fc.nat(5),
  who: fc.nat(2),
  whom: fc.nat(2),
  part: fc.integer({ min: 1, max: 3 }),
});

type State = { live: { id: string; tenths: number; serial: string }[]; encumbrances: string[] };

async function stateOf(first: string[]): Promise<State> {
  const live = await agency.sql<{ id: string; tenths: number; serial: string }[]>`
    with recursive family as (
      select id from parcels where id in ${agency.sql(first)}
      union select a.child_id from parcel_ancestry a join family f on f.id = a.parent_id)
    select l.parcel_id as id, (v.area_m2 * 10)::int as tenths, c.serial from family f join live_parcels l on l.parcel_id = f.id
      join live_certificates c on c.parcel_id = l.parcel_id
      join parcel_versions v on v.parcel_id = l.parcel_id and v.version = l.version order by 1`;
  const open = await agency.sql<{ id: string }[]>`
    select id from encumbrances where id not in (select encumbrance_id from encumbrance_ends) order by id`;
  return { live: [...live], encumbrances: open.map(({ id }) => id) };
}

/** Registers a transfer by a dossier, which an officer grants, then has a certificate issued by the last stage. */
async function byDossier({ who, whom, part }: Step, { id, serial }: { id: string; serial: string }) {
  const share = { numerator: 1, denominator: part + 1 };
  const land = { certificate: serial, parcel: id };
  const persons = { from: [{ ...PEOPLE[who], share }], to: [{ ...PEOPLE[whom], share }] };
  const contract = { kind: "TRANSFER", number: "01", signedOn: "2026-01-05" };
  const registered = await granted("1.013831", { contract, land, ...persons }, {});
  if (registered) await granted("land-certificate", { land }, aBlank());
  return { act: registered ? {} : null };
}

/** Delivers a part and grants it as an officer. @returns true if it is granted */
async function granted(procedure: string, content: object, facts: object): Promise<boolean> {
  const id = uuidv7();
  const part = { id, procedure, dossier: `H13.152-${id}`, office: "31471", receivedAt: new Date(), content };
  const query = `mutation ($part: PartInput!, $instruction: Json!) { deliverPart(part: $part) { state }
    instructPart(partId: "${id}", instruction: $instruction) { state } }`;
  const instruction = { by: "officer:an", grant: { facts } };
  const { data, errors } = await agency.ask(a("service"), query, { part, instruction });
  if (errors) throw new Error(errors[0]?.message);
  return data?.instructPart.state === "GRANTED";
}

/** Performs a step on the state that the officer sees, which the other acts of the round may change meanwhile. */
function perform(step: Step, { live, encumbrances }: State) {
  const parcel = live[step.at % live.length] ?? { id: "", tenths: 0, serial: "" };
  const other = live[step.other % live.length] ?? parcel;
  const ground = "Mẫu";
  switch (step.kind) {
    case "split": {
      const areas = [step.part, parcel.tenths - step.part].map((tenths) => tenths / 10);
      return act("splitLandParcel", { parcel: parcel.id, into: areas.map((areaM2) => aNewParcel({ areaM2 })), ground });
    }
    case "merge": {
      const into = aNewParcel({ areaM2: (parcel.tenths + other.tenths) / 10 });
      return act("mergeLandParcels", { parcels: [parcel.id, other.id], into, ground });
    }
    case "mortgage":
      return act("encumberLand", aMortgage(parcel.id));
    case "release":
      return act("releaseLandEncumbrance", { encumbrance: encumbrances.at(-1) ?? randomUUID(), ground });
    case "dossier":
      return byDossier(step, parcel);
    case "issue":
      return act("issueLandCertificate", { parcel: parcel.id, certificate: aBlank(), ground });
    default: {
      const share = { numerator: 1, denominator: step.part + 1 };
      const from = [{ personalId: PEOPLE[step.who]?.personalId, share }];
      return act("transferLand", aTransfer(parcel.id, { from, to: [{ ...PEOPLE[step.whom], share }] }));
    }
  }
}

/** Broken promises of the register; empty if it is sound. */
async function violations(first: string[]): Promise<object> {
  const { live } = await stateOf(first);
  const [found] = await agency.sql`
    with whole as (
      select l.certificate_id, v.share_total, sum(h.shares)::int as held
        from live_certificates l
        join certificate_versions v on v.certificate_id = l.certificate_id and v.version = l.version
        join certificate_holders h on h.certificate_id = l.certificate_id and h.version = l.version
       group by 1, 2)
    select (select count(*)::int from whole where held <> share_total) as shares,
           (select count(*)::int from live_parcels p where 1 <> (
              select count(*) from certificates c
                join lateral (select state from certificate_versions v where v.certificate_id = c.id
                               order by version desc limit 1) last on last.state = 'LIVE'
               where c.parcel_id = p.parcel_id)) as certificates`;
  return { ...found, area: live.reduce((sum, { tenths }) => sum + tenths, 0) };
}

test("areas are conserved, shares add up and each parcel has one live certificate, whatever officers and dossiers do at once", async () => {
  let succeeded = 0;
  let refused = 0;
  const rounds = fc.array(fc.array(steps, { minLength: 2, maxLength: 5 }), { minLength: 3, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(rounds, async (history) => {
      const holders = [AN, BINH].map((holder) => ({ ...holder, share: HALF }));
      const first: string[] = [];
      for (let each = 0; each < PARCELS; each++)
        first.push(await registered({ holders, parcel: { areaM2: AREA_TENTHS / 10 } }));
      for (const round of history) {
        const state = await stateOf(first);
        const answers = await Promise.all(round.map((step) => perform(step, state)));
        succeeded += answers.filter((answer) => answer.act).length;
        refused += answers.filter((answer) => !answer.act).length;
        expect(await violations(first)).toEqual({ shares: 0, certificates: 0, area: PARCELS * AREA_TENTHS });
      }
    }),
    { numRuns: HISTORIES },
  );
  expect(succeeded).toBeGreaterThan(HISTORIES);
  expect(refused).toBeGreaterThan(0);
}, 600_000);

import { setTimeout as sleep } from "node:timers/promises";
import { deathOfFather, marriageOf, startOfEatery } from "../../../gateway/demo/example-requests.ts";
import { moveOf } from "../../../gateway/demo/move-request.ts";
import {
  DEFAULT_COMMUNE,
  families,
  familyInput,
  SEEDED_COMMUNES,
  type SeededFamily,
} from "../../../subgraphs/_shared/demo/population.ts";
import { seededRandom } from "../../../subgraphs/_shared/demo/population-random.ts";
import { legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import { officers } from "../../../subgraphs/_shared/rights/permissions.ts";
import type { AgencyCode } from "../../../subgraphs/agency-registry.ts";
import { documentText } from "../../demo/gateway-client.ts";
import { type GraphClient, openGraphClient } from "../graph-client.ts";
import type { Payer } from "../payer.ts";
import type { FaultInjector } from "./fault-injector.ts";
import { factsOfStage, giftOfLand } from "./transferred-land.ts";

export const LIFE_EVENTS = ["death", "marriage", "business-start", "move", "land-transfer"] as const;
/** One of the life events beside births, which a desk sends twice at once under one key. */
export type LifeEvent = {
  event: (typeof LIFE_EVENTS)[number];
  key: string;
  replies: { code: string | null; problems: string[] }[];
};

type Open = {
  id: string;
  key: string;
  agency: AgencyCode;
  office: string;
  state: string;
  part: boolean;
  /** Order at the provider that is to be paid. */
  order: string | null;
};
type Submission = { dossier: { code: string } | null; problems: { code: string }[] };
type Home = { residency: { household: { code: string } } };
/** Setting of a life event; `until`: time (`performance.now()`) until which acts are repeated. */
type Playing = Pick<FaultInjector, "query"> &
  Pick<Payer, "atProvider"> & { gatewayUrl: string; until: () => number; refuses: () => boolean };
type Plan = { seed: number; requests: number; seconds: number };

/** One life event for this number of births. */
const BIRTHS_FOR_EACH = 20;
/** Every third couple has land. */
const COUPLES_FOR_EACH = 3;
/** Communes of the couples, apart from that of the births and from the one that people move to. */
const COMMUNES = SEEDED_COMMUNES.slice(2).reverse();
const PERCENT_REFUSED = 25;
const PAUSE_MS = 500;

const HOUSEHOLD = "query ($id: PersonalId!) { citizen(personalId: $id) { residency { household { code } } } }";
const BUSINESSES = "query ($id: PersonalId!) { citizen(personalId: $id) { businesses { code } } }";
const DECIDE = `mutation ($part: ID!, $decision: DecisionInput!, $key: String!) {
  decidePart(part: $part, decision: $decision, idempotencyKey: $key) { problems { code } } }`;
const REFUSE = { refuse: { reason: "Thiếu căn cứ", legalBasis: "Nghị định 118/2025/NĐ-CP, Điều 17" } };

/** Sends life events, spread over the campaign, and decides their parts as officers do. */
export async function playLifeEvents(
  play: Omit<Playing, "refuses">,
  { seed, requests, seconds }: Plan,
): Promise<LifeEvent[]> {
  const count = Math.max(LIFE_EVENTS.length, Math.ceil(requests / BIRTHS_FOR_EACH));
  const began = performance.now();
  const played = Array.from({ length: count }, (_, number) => {
    return lifeEvent(LIFE_EVENTS[number % LIFE_EVENTS.length] ?? "death", `life-${seed}-${number}`);
  });
  const acts = played.map(async (life, number) => {
    await sleep(Math.max(0, began + (number * seconds * 1_000) / count - performance.now()));
    const random = seededRandom(seed + number);
    await playLifeEvent(life, number, { ...play, refuses: () => random.below(100) < PERCENT_REFUSED });
  });
  await Promise.allSettled(acts); // the invariants report an event that was not answered
  return played;
}

/**
 * Sends the life event of the n-th couples twice at once under its key, keeps the replies, and decides its parts, each twice at once
 * under one key, until no step is open. Rejects after the time limit.
 */
export async function playLifeEvent(life: LifeEvent, n: number, play: Playing): Promise<void> {
  const clerk = openGraphClient(play.gatewayUrl, { persona: "clerk", commune: DEFAULT_COMMUNE }, play.until);
  const input = await inputOf(life, couplesOf(n), clerk);
  const document = documentText(`submit-${life.event}-bundle`);
  const variables = { input, idempotencyKey: life.key, waitMs: 0 };
  const replies = await twice(() => clerk.ask<Submission>(document, variables));
  life.replies = replies.map(({ dossier, problems }) => ({
    code: dossier?.code ?? null,
    problems: problems.map(({ code }) => code),
  }));
  const code = life.replies[0]?.code;
  if (code) await decideParts(code, "land" in input ? input.land.parcel : null, play);
}

/** Couples that no other event has. */
function couplesOf(n: number): readonly SeededFamily[] {
  let later = n;
  for (const commune of COMMUNES) {
    const couples = families(commune);
    const events = Math.floor(couples.length / COUPLES_FOR_EACH);
    if (later < events) return couples.slice(later * COUPLES_FOR_EACH, (later + 1) * COUPLES_FOR_EACH);
    later -= events;
  }
  throw new Error(`The demo has no couples for a life event ${n + 1}`);
}

export function lifeEvent(event: LifeEvent["event"], key: string): LifeEvent {
  return { event, key, replies: [] };
}

async function inputOf({ event }: LifeEvent, couples: readonly SeededFamily[], clerk: GraphClient) {
  const [his, hers] = couples.map(familyInput);
  if (!his || !hers) throw new Error("The couples of the commune are used up");
  const today = legalDayOf(new Date());
  switch (event) {
    case "death":
      return deathOfFather(his, today);
    case "business-start":
      return startOfEatery(familyInput(await withoutBusiness(couples, clerk)), today);
    case "land-transfer":
      return giftOfLand(couples, DEFAULT_COMMUNE, today);
    case "move":
      return moveOf(his);
    case "marriage": {
      const home = await clerk.ask<Home>(HOUSEHOLD, { id: his.father.personalId });
      return marriageOf(his, hers, home.residency.household.code);
    }
  }
}

/** The first of the couples whose wife has no business yet: some of the demo have a shop. */
async function withoutBusiness(couples: readonly SeededFamily[], clerk: GraphClient): Promise<SeededFamily> {
  for (const couple of couples) {
    const { businesses } = await clerk.ask<{ businesses: unknown[] }>(BUSINESSES, { id: couple.mother.personalId });
    if (businesses.length === 0) return couple;
  }
  throw new Error("Each of the couples has a business");
}

/** Decides the parts of a dossier that wait for officers, and pays what an agency has stated, until no step is open. */
async function decideParts(code: string, parcel: string | null, play: Playing): Promise<void> {
  const { gatewayUrl, query, until, refuses } = play;
  for (;;) {
    const open = await query<Open>(`
      select s.id, s.key, s.agency, s.office, s.state, s.part,
             (select p.id from payments p where p.dossier_id = d.id and d.state = 'AWAITING_PAYMENT' and p.pay_url is not null) as order
        from steps s join dossiers d on d.id = s.dossier_id
       where d.code = '${code}' and s.state not in ('GRANTED', 'REFUSED', 'CANCELLED', 'NOT_APPLICABLE')
       order by s.ordinal`).catch(() => null);
    if (open?.length === 0 || performance.now() > until()) return;
    const order = open?.[0]?.order;
    if (order) await play.atProvider("pay", order, "REPEATED");
    for (const { id, key, agency, office, state, part } of open ?? []) {
      if (!part || state !== "PROCESSING") continue;
      const persona = officers.find((each) => each.agency === agency)?.role ?? "clerk";
      const officer = openGraphClient(gatewayUrl, { persona, commune: office }, until);
      const decision = refuses() ? REFUSE : { grant: { facts: await factsOfStage({ key, id, parcel }, officer) } };
      await twice(() => officer.ask(DECIDE, { part: id, decision, key: `decide-${id}` }));
    }
    await sleep(PAUSE_MS);
  }
}

const twice = <T>(act: () => Promise<T>): Promise<T[]> => Promise.all([act(), act()]);

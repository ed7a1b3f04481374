import { addDays, legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import type { Figure } from "../../figures/recorded-figures.ts";
import { percentile } from "../figures.ts";
import { loadedApplicant, loadedCode, loadedOffice, loadedPhone } from "../loader.ts";
import { type Ask, OFFICE, type People } from "./people.ts";
import { submitSingle } from "./single-dossiers.ts";
import type { Store } from "./year.ts";

const TARGET = 1.5;
const ROUNDS = 10;
const WARM_UP = 30;
const PAGE = 20;

type Page = { nodes: unknown[]; pageInfo: { endCursor: string | null } };
type Dossiers = { dossiers: Page };
type Requests = Record<string, (store: Store) => Promise<unknown>>;

const anyNumber = (dossiers: number) => 1 + Math.floor(Math.random() * dossiers);

/** Number of a loaded dossier of the office that the clerk works at. */
function numberAtOffice(dossiers: number): number {
  for (;;) {
    const n = anyNumber(dossiers);
    if (loadedOffice(n) === OFFICE) return n;
  }
}

async function expectFound(asked: Promise<Dossiers>, what: string): Promise<void> {
  if ((await asked).dossiers.nodes.length === 0) throw new Error(`No dossier is found by ${what}`);
}

function lastMonth(): { from: string; to: string } {
  const to = legalDayOf(new Date());
  return { from: addDays(to, -29), to };
}

/** What a leader of an office or province reads, by name. */
function ofLeaders(place: string, leader: (people: People) => Ask): Requests {
  const scope = {};
  const read = (document: string, variables: () => object) => (store: Store) =>
    leader(store.people)(document, variables());
  return {
    [`late and at risk ${place}`]: read("late-and-at-risk", () => ({ scope, first: PAGE })),
    [`workload by officer ${place}`]: read("workload", () => ({ scope, by: "OFFICER" })),
    [`rates of a month ${place}`]: read("rates", () => ({ scope, ...lastMonth() })),
    [`score of a month ${place}`]: read("score", () => ({ scope, ...lastMonth() })),
  };
}

/** The requests whose times are compared, by name. */
const REQUESTS: Requests = {
  "work list": async ({ people }) => people.registrar("work-list", { first: PAGE }),
  "search by name": async ({ people, dossiers }) => {
    const search = loadedApplicant(numberAtOffice(dossiers));
    await expectFound(people.clerk("dossiers", { filter: { search }, first: PAGE }), search);
  },
  "search by phone": async ({ people, dossiers }) => {
    const search = loadedPhone(anyNumber(dossiers));
    await expectFound(people.portal("dossiers", { filter: { search }, first: PAGE }), search);
  },
  "search by code": async ({ people, dossiers }) => {
    const search = loadedCode(anyNumber(dossiers)).split("-").slice(1).join("-");
    await expectFound(people.portal("dossiers", { filter: { search }, first: PAGE }), search);
  },
  track: async ({ people, dossiers }) => {
    const n = anyNumber(dossiers);
    await people.anyone("track-dossier", { code: loadedCode(n), phoneLast4: loadedPhone(n).slice(-4) });
  },
  "dossiers of an office": async ({ people }) => {
    const { dossiers } = await people.clerk<Dossiers>("dossiers", { first: PAGE });
    await people.clerk("dossiers", { first: PAGE, after: dossiers.pageInfo.endCursor });
  },
  "overdue dossiers of a province": async ({ people }) =>
    people.portal("dossiers", { filter: { overdue: true }, first: PAGE }),
  ...ofLeaders("of an office", ({ leader }) => leader),
  ...ofLeaders("of a province", ({ provinceLeader }) => provinceLeader),
  submit: async ({ people }) => submitSingle(people),
};

/** Names of the lists that have one of these words in them, separated by commas; all without words. */
export function listsWith(words: string | undefined): string[] {
  const wanted = words?.split(",");
  return Object.keys(REQUESTS).filter((name) => !wanted || wanted.some((word) => name.includes(word)));
}

/**
 * Response times of lists, searches, tracking and submission at both sizes, in alternation, so that other load of the machine
 * affects both alike. `names`: those to measure.
 */
export async function lists(
  small: Store,
  large: Store,
  { names, samples, say }: { names: readonly string[]; samples: number; say: (line: string) => void },
): Promise<Figure[]> {
  say(
    `Lists: ${samples} times each, one after the other, of ${small.dossiers} and of ${large.dossiers} dossiers in turn`,
  );
  const figures: Figure[] = [];
  for (const [name, send] of Object.entries(REQUESTS)) {
    if (!names.includes(name)) continue;
    for (const store of [small, large]) await timesOf(send, store, WARM_UP);
    const times: { small: number[]; large: number[] } = { small: [], large: [] };
    for (let round = 0; round < ROUNDS; round++) {
      times.small.push(...(await timesOf(send, small, samples / ROUNDS)));
      times.large.push(...(await timesOf(send, large, samples / ROUNDS)));
    }
    const ratio = percentile(times.large, 0.95) / percentile(times.small, 0.95);
    const measured = `${ratio.toFixed(2)} (${inWords(times.large)} against ${inWords(times.small)})`;
    say(`  ${name}: ${measured}  ${ratio <= TARGET ? "reached" : "NOT reached"}`);
    figures.push({
      what: `p95 of ${name}, ${large.dossiers} against ${small.dossiers} dossiers`,
      ...{ measured, target: `at most ${TARGET}`, reached: ratio <= TARGET },
    });
  }
  return figures;
}

const inWords = (all: number[]) =>
  `p95 ${percentile(all, 0.95).toFixed(1)} ms, median ${percentile(all, 0.5).toFixed(1)} ms`;

async function timesOf(send: (store: Store) => Promise<unknown>, store: Store, samples: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < samples; i++) {
    const started = performance.now();
    await send(store);
    times.push(performance.now() - started);
  }
  return times;
}

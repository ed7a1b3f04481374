import type { Figure } from "../../figures/recorded-figures.ts";
import { median } from "../figures.ts";
import type { Store } from "./year.ts";

/** Largest page of `dossierChanges`. */
const PAGE = 200;
const POLLED_DOSSIERS = 100;
const WARM_UP = 10;
const PROGRESS_EVERY = 1_000_000;

type Page = { dossierChanges: { nodes: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };

/**
 * Changes per second that one portal reads, page by page, from the oldest one to the end; and the time of a poll whose answer has not
 * changed, with its entity tag and without, in alternation.
 */
export async function changes(
  store: Store,
  { samples, say }: { samples: number; say: (line: string) => void },
): Promise<Figure[]> {
  const { dossiers, people } = store;
  say(`Changes: the stream of ${dossiers} dossiers in pages of ${PAGE}, then ${samples} polls of each kind`);
  const { read, seconds } = await readToTheEnd(store, say);
  const pace = (read / seconds).toFixed(0);
  say(`  ${read} changes in ${seconds.toFixed(1)} s: ${pace} a second`);
  const poll = { filter: {}, first: POLLED_DOSSIERS };
  const { tag } = await people.portalPoll("dossiers", poll, null);
  const [full, unchanged]: [number[], number[]] = [[], []];
  let bytes = 0;
  for (let n = -WARM_UP; n < samples; n++) {
    const whole = await people.portalPoll("dossiers", poll, null);
    const short = await people.portalPoll("dossiers", poll, tag);
    if (whole.status !== 200 || short.status !== 304)
      throw new Error(`Polls were answered ${whole.status} and ${short.status}`);
    if (n < 0) continue;
    full.push(whole.ms);
    unchanged.push(short.ms);
    bytes = whole.bytes;
  }
  const ratio = median(unchanged) / median(full);
  const times = `median ${median(unchanged).toFixed(1)} ms and no body, against ${median(full).toFixed(1)} ms and ${bytes} bytes`;
  say(`  a poll answered by 304 takes ${ratio.toFixed(2)} of a full one: ${times}`);
  return [
    { what: `changes a second that a portal reads, of ${dossiers} dossiers`, measured: `${pace} (${read} changes)` },
    {
      what: `poll of ${POLLED_DOSSIERS} dossiers answered by 304 against a full one, of ${dossiers} dossiers`,
      measured: `${ratio.toFixed(2)} (${times})`,
    },
  ];
}

async function readToTheEnd(
  { people }: Store,
  say: (line: string) => void,
): Promise<{ read: number; seconds: number }> {
  const began = performance.now();
  let read = 0;
  for (let since: string | null = null, more = true; more; ) {
    const page: Page = await people.portal<Page>("dossier-changes", { since, first: PAGE });
    const { nodes, pageInfo } = page.dossierChanges;
    if (Math.floor((read + nodes.length) / PROGRESS_EVERY) > Math.floor(read / PROGRESS_EVERY))
      say(`  ${read + nodes.length} changes`);
    read += nodes.length;
    since = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
  }
  return { read, seconds: (performance.now() - began) / 1_000 };
}

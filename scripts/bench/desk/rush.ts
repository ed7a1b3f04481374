import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import type { Figure } from "../../figures/recorded-figures.ts";
import { median, percentile } from "../figures.ts";
import { loadedCode, loadedPhone } from "../loader.ts";
import { submitSingle } from "./single-dossiers.ts";
import type { Store } from "./year.ts";

const SUBMISSIONS_PER_SECOND = 24;
const READS_PER_SECOND = 500;
/** One submission in 24 is a 3-in-1 request, about as in the store. */
const BUNDLE_EVERY = 24;

/** Differs between failures of one kind. */
const REQUEST_ID = /,"requestId":"[^"]*"/g;

type Series = { times: number[]; failures: string[] };

/**
 * Sends new dossiers and tracking reads at a constant rate, without waiting for earlier responses. A response time begins when
 * the request was due. Afterwards every acknowledged dossier must be in the store.
 */
export async function rush(
  { system, people, dossiers }: Store,
  { seconds, say }: { seconds: number; say: (line: string) => void },
): Promise<Figure[]> {
  say(`Rush: ${SUBMISSIONS_PER_SECOND} dossiers and ${READS_PER_SECOND} tracking reads a second for ${seconds} s`);
  const acknowledged: string[] = [];
  const submit = async (n: number) => {
    const { code } = n % BUNDLE_EVERY === 0 ? await people.submitBundle(0) : await submitSingle(people);
    acknowledged.push(code);
  };
  const track = async () => {
    const n = 1 + Math.floor(Math.random() * dossiers);
    await people.anyone("track-dossier", { code: loadedCode(n), phoneLast4: loadedPhone(n).slice(-4) });
  };
  const [submissions, reads] = await Promise.all([
    atRate(SUBMISSIONS_PER_SECOND, seconds, submit),
    atRate(READS_PER_SECOND, seconds, track),
  ]);
  const lost = await missing(system.databaseUrls["one-stop"], acknowledged);
  const failures = new Map<string, number>();
  for (const failure of [...submissions.failures, ...reads.failures])
    failures.set(failure, (failures.get(failure) ?? 0) + 1);
  for (const [failure, times] of failures) say(`  failed ${times} times: ${failure}`);
  const unanswered = submissions.failures.length + reads.failures.length;
  const inWords = ({ times }: Series) =>
    `p99 ${percentile(times, 0.99).toFixed(0)} ms, p95 ${percentile(times, 0.95).toFixed(0)} ms, median ${median(times).toFixed(0)} ms`;
  say(`  ${acknowledged.length} dossiers acknowledged, ${lost.length} of them lost, ${unanswered} requests failed`);
  say(`  submission: ${inWords(submissions)}`);
  say(`  tracking: ${inWords(reads)}`);
  const what = `${SUBMISSIONS_PER_SECOND} new dossiers a second beside ${READS_PER_SECOND} tracking reads a second for ${seconds} s, of ${dossiers} dossiers`;
  return [
    {
      what: `${what}: lost`,
      measured: `${lost.length} of ${acknowledged.length} acknowledged dossiers; ${unanswered} requests failed`,
      ...{ target: "none", reached: lost.length === 0 && unanswered === 0 },
    },
    { what: `${what}: submission`, measured: inWords(submissions) },
    { what: `${what}: tracking`, measured: inWords(reads) },
  ];
}

async function atRate(perSecond: number, seconds: number, send: (n: number) => Promise<unknown>): Promise<Series> {
  const series: Series = { times: [], failures: [] };
  const began = performance.now();
  const sent: Promise<void>[] = [];
  for (let n = 0; n < perSecond * seconds; n++) {
    const planned = began + (n / perSecond) * 1_000;
    const early = planned - performance.now();
    if (early > 1) await sleep(early);
    sent.push(
      send(n).then(
        () => void series.times.push(performance.now() - planned),
        (error: Error) => void series.failures.push(error.message.replace(REQUEST_ID, "").slice(0, 200)),
      ),
    );
  }
  await Promise.all(sent);
  return series;
}

/** Acknowledged codes whose dossier, steps or history the store does not have. */
async function missing(databaseUrl: string, codes: readonly string[]): Promise<string[]> {
  const sql = postgres(databaseUrl, { max: 1 });
  const rows = await sql<{ code: string }[]>`
    select code from dossiers d where code = any(${codes as string[]})
       and exists (select 1 from steps where dossier_id = d.id) and exists (select 1 from history where dossier_id = d.id)`;
  await sql.end();
  const stored = new Set(rows.map(({ code }) => code));
  return codes.filter((code) => !stored.has(code));
}

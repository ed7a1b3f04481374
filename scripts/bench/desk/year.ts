import type { RunningSystem } from "../../supervisor/system.ts";
import { areLoadedCounted, countLoaded } from "../loaded-counts.ts";
import { administratorUrls, loadDossiers, loadedSoFar, type Original, passLoadedChanges } from "../loader.ts";
import { finishedBundle, originalOf } from "../originals.ts";
import type { People } from "./people.ts";
import { decide, submitSingle } from "./single-dossiers.ts";

/** Time over which the receipts of a store of any size are spread: lists of what is late or of a month have rows in each. */
const YEAR_MS = 365 * 86_400_000;
/** Share of the newest dossiers that are still open. */
const OPEN = 0.03;
/** One open dossier in ten awaits papers of the citizen. */
const AWAITING_EVERY = 10;
/** One dossier in 25 is a 3-in-1 request. */
const BUNDLE_EVERY = 25;

export type Store = { system: RunningSystem; people: People; dossiers: number };

/**
 * Fills the store with its number of dossiers, unless they were kept from an earlier run, and counts them. The desk is down meanwhile
 * and goes on behind the loaded changes: otherwise it would tell the copies' applicants of them for hours, beside every measurement.
 */
export async function fillYear(store: Store, say: (line: string) => void): Promise<void> {
  const { system, people, dossiers } = store;
  const urls = administratorUrls(system.adminUrl);
  const desk = urls["one-stop"];
  const loaded = await loadedSoFar(urls);
  if (loaded === dossiers && (await areLoadedCounted(desk, dossiers))) return;
  if (loaded !== dossiers && loaded !== 0) {
    const contents = loaded === null ? "an interrupted load" : `${loaded} dossiers`;
    throw new Error(`The kept store has ${contents} in place of ${dossiers} dossiers: remove its directory`);
  }
  const originalOfNumber = loaded === 0 ? yearOf(await originals(system, people), dossiers) : undefined;
  await system.stopProcess("one-stop");
  if (originalOfNumber) {
    const betweenReceiptsMs = Math.floor(YEAR_MS / dossiers);
    await loadDossiers(urls, dossiers, originalOfNumber, { say, betweenReceiptsMs, indexesLater: true });
    await passLoadedChanges(desk);
  }
  say("  counting the loaded dossiers for the figures");
  await countLoaded(desk);
  await system.startProcess("one-stop");
  await system.ready();
}

type Originals = Record<"bundle" | "granted" | "waiting" | "awaiting", Original>;

/** One real dossier of each kind, made through the gateway. */
async function originals(system: RunningSystem, people: People): Promise<Originals> {
  const [granted, waiting, awaiting] = [
    await submitSingle(people),
    await submitSingle(people),
    await submitSingle(people),
  ];
  await decide(people, granted.part, { grant: { facts: { number: "01/2026" } } });
  await decide(people, awaiting.part, {
    supplement: { items: [{ code: "MARITAL_STATUS_CONFIRMATION", text: "Giấy xác nhận tình trạng hôn nhân (mẫu)" }] },
  });
  return {
    bundle: await finishedBundle(system, people.desks),
    granted: await originalOf(system, granted.code),
    waiting: await originalOf(system, waiting.code),
    awaiting: await originalOf(system, awaiting.code),
  };
}

/** Mixture of a year, in which the first dossier is the newest. */
function yearOf({ bundle, granted, waiting, awaiting }: Originals, dossiers: number): (n: number) => Original {
  const open = Math.ceil(dossiers * OPEN);
  return (n) => {
    if (n <= open) return n % AWAITING_EVERY === 0 ? awaiting : waiting;
    return n % BUNDLE_EVERY === 0 ? bundle : granted;
  };
}

import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { unpackJson } from "../../subgraphs/_shared/registers/packed-json.ts";
import type { RunningSystem } from "../supervisor/system.ts";
import type { Desks } from "./desks.ts";
import type { Original } from "./loader.ts";
import { FINISHED_BUNDLE, OF_DESK } from "./request-rows.ts";
import { readTemplate } from "./row-templates.ts";

/** A finished 3-in-1 request with all entries that it made in the registers, as an original of copies. */
export async function finishedBundle(system: RunningSystem, desks: Desks): Promise<Original> {
  const { code } = await desks.submit(0);
  await isCompleted(system.databaseUrls["one-stop"], code);
  return originalOf(system, code, FINISHED_BUNDLE);
}

/** Fields that all requests of the benches have in common. */
type CopiedRequest = { child?: { birthNotice: string | null }; declarant: { phone: string } };

type Databases = Parameters<typeof readTemplate>[0];

/** A dossier as an original of copies. `conditions`: see `readTemplate`. */
export async function originalOf(
  { databaseUrls }: { databaseUrls: Databases },
  code: string,
  conditions: Parameters<typeof readTemplate>[2] = OF_DESK,
): Promise<Original> {
  const desk = postgres(databaseUrls["one-stop"], { max: 1 });
  const [row] = await desk<Pick<Original, "receivedAt" | "applicantName" | "subjectName" | "office">[]>`
    select received_at as "receivedAt", applicant_name as "applicantName", subject_name as "subjectName", office
      from dossiers where code = ${code}`;
  const [sent] = await desk<{ request: Uint8Array; insurance: Uint8Array | null }[]>`
    select r.request, (select s.facts from steps s where s.dossier_id = d.id and s.key = 'INSURANCE') as insurance
      from dossiers d join requests r on r.dossier_id = d.id where d.code = ${code}`;
  await desk.end();
  if (!row || !sent) throw new Error(`There is no dossier ${code}`);
  const { number: card } = (sent.insurance === null ? {} : unpackJson(sent.insurance)) as { number?: string };
  const { child, declarant } = unpackJson(sent.request) as CopiedRequest;
  const notice = child?.birthNotice ?? null;
  const { phone } = declarant;
  const facts = { cardNumber: card ?? undefined, birthNotice: notice ?? undefined, phone };
  const people = [`demo:clerk:${row.office}`, `demo:registrar:${row.office}`];
  const texts = [code, row.applicantName, row.subjectName ?? "", phone, card ?? "", notice ?? "", ...people];
  return { ...(await readTemplate(databaseUrls, code, conditions, texts)), code, ...row, ...facts };
}

const PATIENCE_MS = 120_000;

/** @throws if the dossier is not completed within two minutes */
async function isCompleted(databaseUrl: string, code: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await sleep(200)) {
      const [row] = await sql<{ state: string }[]>`select state from dossiers where code = ${code}`;
      if (row?.state === "COMPLETED") return;
    }
    throw new Error(`The request to copy, ${code}, is not completed after ${PATIENCE_MS / 1_000} s`);
  } finally {
    await sql.end();
  }
}

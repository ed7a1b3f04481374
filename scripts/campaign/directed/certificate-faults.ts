import { acknowledgedCode } from "../ledger.ts";
import { decideByHand, openParts } from "../officer-decisions.ts";
import { openPeopleClient } from "../people-client.ts";
import { waitUntil } from "../wait-until.ts";
import { killAt } from "./crashes.ts";
import type { FaultSetup } from "./fault-setup.ts";
import type { Scenario } from "./scenario.ts";

const RETRY_MS = 60_000;
/** After the term to confirm a draft, over every holiday. */
const AFTER_TERM_MS = 20 * 24 * 3_600_000;

const CONFIRM = `mutation ($dossier: ID!, $key: String!) {
  confirmDraftCertificate(dossier: $dossier, idempotencyKey: $key) { problems { code } } }`;
const DISPUTE = `mutation ($dossier: ID!, $key: String!) {
  disputeDraftCertificate(dossier: $dossier, remark: "Sai tên của trẻ", idempotencyKey: $key) { problems { code } } }`;

/** The desk is killed when the applicant answers the draft certificate, and when the term ends without an answer. */
export const certificateFaults: Scenario[] = (["before-commit", "after-commit"] as const).flatMap((moment) => [
  {
    name: `one-stop is killed ${moment} of the confirmation of a draft certificate; the applicant repeats it`,
    async run(setup) {
      const code = await awaiting(setup);
      await killAt(setup, `${moment}.CONFIRM`, () => answer(setup, CONFIRM, code));
      await completed(setup, code);
    },
  },
  {
    name: `one-stop is killed ${moment} of the dispute of a draft certificate; an officer decides`,
    async run(setup) {
      const { harness } = setup;
      const code = await awaiting(setup);
      await killAt(setup, `${moment}.DISPUTE`, () => answer(setup, DISPUTE, code));
      await waitUntil(`${code} waits for an officer`, () => dossierHas(setup, code, "s.state = 'PROCESSING'"));
      for (const part of await openParts(harness, "CIVIL_STATUS")) await decideByHand(harness, part, true);
      await completed(setup, code);
    },
  },
  {
    name: `one-stop is killed ${moment} of the end of a term to confirm a draft certificate`,
    async run(setup) {
      const { demo } = setup.harness;
      const code = await awaiting(setup);
      try {
        await killAt(setup, `${moment}.DEADLINE`, async () => demo.setClockOffsetMs(AFTER_TERM_MS));
        await completed(setup, code);
      } finally {
        demo.setClockOffsetMs(0);
      }
    },
  },
]);

/** Submits a birth online. @returns the code of its dossier */
async function awaiting(setup: FaultSetup): Promise<string> {
  const code = acknowledgedCode(await setup.send({ ...setup.newChild(), channel: "ONLINE" })) ?? "";
  await waitUntil(`${code} awaits the applicant`, () => dossierHas(setup, code, "d.state = 'AWAITING_CITIZEN'"));
  return code;
}

/** Sends an answer until there is a response, and once more. @throws if it meets a problem */
async function answer(setup: FaultSetup, text: string, code: string): Promise<void> {
  const until = performance.now() + RETRY_MS;
  const people = openPeopleClient(setup.harness.system.gatewayUrl, () => until);
  const clerk = { persona: "clerk", commune: setup.desk.commune };
  for (let times = 2; times > 0; times -= 1) {
    const { problems } = await people.send(clerk, text, { dossier: code, key: `answer-${code}` });
    if (problems.length > 0) throw new Error(problems.map((problem) => problem.code).join(", "));
  }
}

async function completed(setup: FaultSetup, code: string): Promise<void> {
  await waitUntil(`${code} is completed`, async () => {
    await setup.harness.sql("one-stop")`update steps set next_attempt_at = now() where work = 'ASK_STATUS'`;
    return dossierHas(setup, code, "d.state in ('COMPLETED', 'RETURNED')");
  });
}

async function dossierHas({ harness }: FaultSetup, code: string, condition: string): Promise<boolean> {
  const query = `select exists (
    select 1 from dossiers d join steps s on s.dossier_id = d.id where d.code = $1 and ${condition}) as found`;
  const [row] = await harness.sql("one-stop").unsafe<{ found: boolean }[]>(query, [code]);
  return row?.found ?? false;
}

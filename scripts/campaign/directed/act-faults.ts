import { acknowledgedCode } from "../ledger.ts";
import { openPeopleClient } from "../people-client.ts";
import { isSettled } from "../settled-system.ts";
import { waitUntil } from "../wait-until.ts";
import { killAt } from "./crashes.ts";
import type { FaultSetup } from "./fault-setup.ts";
import type { Scenario } from "./scenario.ts";

const RETRY_MS = 60_000;
const COMMITS = ["before-commit", "after-commit"] as const;

/** Acts of people on a dossier, by the names of their failpoints. */
const ACTS: Record<string, (setup: FaultSetup, code: string, key: string) => Promise<void>> = {
  ANSWER: async (setup, code, key) => {
    const answers = (await askedItems(setup, code)).map((item) => ({ item, text: "Đã bổ sung" }));
    await act(setup, "clerk", "answer-supplement", { dossier: code, answers, idempotencyKey: key });
  },
  WITHDRAW: (setup, code, key) =>
    act(setup, "clerk", "withdraw-dossier", { dossier: code, reason: "Người nộp rút hồ sơ", idempotencyKey: key }),
  CLAIM: async (setup, code) => act(setup, "insurer", "claim-part", { part: await waitingPart(setup, code) }),
  DECIDE: async (setup, code, key) => {
    const decision = { refuse: { reason: "Không đủ điều kiện", legalBasis: "Nghị định 118/2025/NĐ-CP" } };
    const part = await partAtOfficer(setup, code);
    await act(setup, "insurer", "decide-part", { part, decision, idempotencyKey: key });
  },
  EXTEND: async (setup, code, key) => {
    const decision = { extend: { reason: "Cần xác minh", workingDays: 2 } };
    const part = await partAtOfficer(setup, code);
    await act(setup, "insurer", "decide-part", { part, decision, idempotencyKey: key });
    const [row] = await setup.harness.sql("one-stop")<{ times: number }[]>`
      select jsonb_array_length(clock -> 'extensions') as times from steps where id = ${part}`;
    if (row?.times !== 1) throw new Error(`The part of ${code} is extended ${row?.times} times`);
  },
};

const handoverFaults: Scenario[] = COMMITS.map((moment) => ({
  name: `one-stop is killed ${moment} of the handover of the results; the clerk repeats it`,
  async run(setup) {
    const code = acknowledgedCode(await setup.send()) ?? "";
    await waitUntil(`${code} is completed`, () => dossierIs(setup, code, "COMPLETED"));
    const input = { method: "DESK", receivedBy: { fullName: "Lê Thị Thử Nghiệm" }, receiptCode: code };
    const variables = { dossier: code, input, idempotencyKey: `${moment}-RETURN-${code}` };
    await killAt(setup, `${moment}.RETURN`, () => act(setup, "clerk", "return-results", variables));
    await waitUntil(`${code} is returned`, () => dossierIs(setup, code, "RETURNED"));
  },
}));

const partFaults: Scenario[] = Object.entries(ACTS).flatMap(([name, send]) =>
  (name === "CLAIM" ? (["after-commit"] as const) : COMMITS).map((moment) => ({
    name: `one-stop is killed ${moment} of the act ${name}; the person repeats it`,
    run: async (setup: FaultSetup) => {
      const { harness } = setup;
      harness.demo.setFaultMode("HEALTH_INSURANCE", "ASKS_FOR_PAPERS");
      const code = acknowledgedCode(await setup.send()) ?? "";
      await waitUntil(`${code} awaits the citizen`, async () => (await askedItems(setup, code)).length > 0);
      harness.demo.setFaultMode("HEALTH_INSURANCE", "UP");
      await killAt(setup, `${moment}.${name}`, () => send(setup, code, `${moment}-${name}-${code}`));
      await isSettled(harness, 20);
    },
  })),
);

export const actFaults: Scenario[] = [...partFaults, ...handoverFaults];

/** An agency applies a decision, and its response is lost: the desk sends the decision again. */
export const decisionSentTwice: Scenario = {
  name: "an agency applies an officer's decision, but its responses are lost for a while",
  async run(setup) {
    const { harness } = setup;
    harness.demo.setFaultMode("HEALTH_INSURANCE", "ASKS_FOR_PAPERS");
    const code = acknowledgedCode(await setup.send()) ?? "";
    await waitUntil(`${code} awaits the citizen`, async () => (await askedItems(setup, code)).length > 0);
    harness.demo.setFaultMode("HEALTH_INSURANCE", "UP");
    const part = await partAtOfficer(setup, code);
    harness.demo.setFaultMode("HEALTH_INSURANCE", "LOSES_ANSWERS");
    try {
      const decision = { grant: { facts: {} } };
      await act(setup, "insurer", "decide-part", { part, decision, idempotencyKey: `twice-${code}` });
    } finally {
      harness.demo.setFaultMode("HEALTH_INSURANCE", "UP");
    }
    await waitUntil(`${code} is completed`, () => dossierIs(setup, code, "COMPLETED"));
  },
};

/** Sends an act until it is answered, and once more. @throws if it meets a problem */
async function act(setup: FaultSetup, persona: string, document: string, variables: object): Promise<void> {
  const until = performance.now() + RETRY_MS;
  const people = openPeopleClient(setup.harness.system.gatewayUrl, () => until);
  const person = { persona, commune: setup.desk.commune };
  for (let times = 2; times > 0; times -= 1) {
    const { problems } = await people.act(person, document, variables);
    if (problems && problems.length > 0) throw new Error(`${document}: ${problems.map(({ code }) => code).join(", ")}`);
  }
}

/** Part for the insurance, after its papers have brought it back to the agency, where it waits for an officer. */
async function partAtOfficer(setup: FaultSetup, code: string): Promise<string> {
  const part = await waitingPart(setup, code);
  await setup.harness.sql("health-insurance")`update received_parts set state = 'PROCESSING' where part_id = ${part}`;
  await waitUntil(`${code} waits for the officer`, async () => {
    await setup.harness.sql("one-stop")`update steps set next_attempt_at = now() where id = ${part}`;
    return stepIs(setup, part, "PROCESSING");
  });
  return part;
}

async function dossierIs({ harness }: FaultSetup, code: string, state: string): Promise<boolean> {
  const [row] = await harness.sql("one-stop")<{ state: string }[]>`select state from dossiers where code = ${code}`;
  return row?.state === state;
}

async function waitingPart({ harness }: FaultSetup, code: string): Promise<string> {
  const [part] = await harness.sql("one-stop")<{ id: string }[]>`
    select s.id from steps s join dossiers d on d.id = s.dossier_id where d.code = ${code} and s.key = 'INSURANCE'`;
  return part?.id ?? "";
}

/** Codes of the papers that the citizen is asked for. */
async function askedItems({ harness }: FaultSetup, code: string): Promise<string[]> {
  const rows = await harness.sql("one-stop")<{ item: string }[]>`
    select i ->> 'code' as item from steps s join dossiers d on d.id = s.dossier_id,
           jsonb_array_elements(s.supplement -> 'items') i where d.code = ${code} and s.state = 'SUPPLEMENT_NEEDED'`;
  return rows.map(({ item }) => item);
}

async function stepIs({ harness }: FaultSetup, id: string, state: string): Promise<boolean> {
  const [row] = await harness.sql("one-stop")<{ state: string }[]>`select state from steps where id = ${id}`;
  return row?.state === state;
}

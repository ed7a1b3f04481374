import { DEFAULT_COMMUNE } from "../../subgraphs/_shared/demo/population.ts";
import { addDays } from "../../subgraphs/_shared/reference/days.ts";
import { BUNDLE_EXAMPLES, type ExampleState } from "./bundle-examples.ts";
import { devRefusal } from "./dev-refusal.ts";
import type { ExampleSituations } from "./example-situations.ts";
import type { Persona } from "./personas.ts";

/** Persona and fresh, valid variables for a client document. */
export type Example = { persona: Persona; variables: object };
type Maker = (given: ExampleSituations, state: ExampleState) => Promise<Example>;

const GRANT = { grant: { facts: { number: "01/2026" } } };
const REFUSE = { refuse: { reason: "Không đủ điều kiện", legalBasis: "Luật Hộ tịch 60/2014/QH13, Điều 5" } };
const SUPPLEMENT = { supplement: { items: [{ code: "BAN_SAO", text: "Bản sao giấy tờ tùy thân" }] } };
const UNKNOWN_FACILITY = "00000";

const of = (persona: Persona, variables: object): Example => ({ persona, variables });

/** Code of a dossier; in the state `refused` one of its parts is refused. */
async function aDossier(given: ExampleSituations, state: ExampleState): Promise<string> {
  return state === "refused" ? (await given.decided(REFUSE)).code : (await given.submittedBirth()).code;
}

async function birthVariables({ birth, submittedBirth, aKey }: ExampleSituations, state: ExampleState) {
  if (state === "duplicate") return { ...(await submittedBirth()).variables, idempotencyKey: aKey() };
  const variables = await birth();
  if (state !== "refused") return variables;
  return { ...variables, input: { ...variables.input, insurance: { facility: UNKNOWN_FACILITY } } };
}

/** Examples by the file name of their document, without `.graphql`; those of other bundles stand apart. */
const MAKERS: Record<string, Maker> = {
  "submit-birth-bundle": async (given, state) => of("clerk", await birthVariables(given, state)),
  "check-birth-bundle": async (given, state) => of("clerk", { input: (await birthVariables(given, state)).input }),
  "submit-dossier": async ({ dossierInput, aKey }) =>
    of("clerk", { input: dossierInput(), idempotencyKey: aKey(), waitMs: 0 }),
  "reserve-dossier-codes": async ({ aKey }) =>
    of("clerk", { office: DEFAULT_COMMUNE, count: 5, idempotencyKey: aKey() }),
  "submit-batch": async (given, state) => {
    const { input, idempotencyKey } = await birthVariables(given, state);
    const birth = { idempotencyKey, dossierCode: await given.reservedCode(), takenAt: null, birthBundle: input };
    const dossierCode = await given.reservedCode();
    const single = { idempotencyKey: given.aKey(), dossierCode, takenAt: null, dossier: given.dossierInput() };
    return of("clerk", { items: [birth, single] });
  },
  dossier: async (given, state) => of("clerk", { code: await aDossier(given, state) }),
  "dossier-changed": async (given, state) => of("clerk", { code: await aDossier(given, state) }),
  "time-ledger": async (given, state) => of("clerk", { code: await aDossier(given, state) }),
  "track-dossier": async (given, state) => of("citizen", { code: await aDossier(given, state), phoneLast4: "5678" }),
  dossiers: async ({ dossiersVariables }) => of("portal", dossiersVariables),
  "dossier-changes": async () => of("portal", { since: null, first: 20 }),
  citizen: async ({ families }) => of("clerk", { personalId: (await families.unusedFamily()).mother.personalId }),
  procedure: async () => of("clerk", { code: "1.001193" }),
  procedures: async () => of("clerk", { search: "khai sinh", first: 10 }),
  "work-list": async ({ openPart }) => {
    await openPart();
    return of("registrar", { filter: { states: ["PROCESSING"] }, first: 20, after: null });
  },
  workload: async ({ openPart }) => {
    await openPart();
    return of("leader", { scope: {}, by: "STEP" });
  },
  rates: async ({ decided, today }) => {
    await decided(GRANT);
    return of("leader", { scope: {}, from: addDays(today(), -29), to: today() });
  },
  "late-and-at-risk": async ({ openPart }) => {
    await openPart();
    return of("leader", { scope: { office: DEFAULT_COMMUNE }, first: 20, after: null });
  },
  "claim-part": async ({ openPart }) => of("registrar", { part: (await openPart()).part }),
  "decide-part": async ({ openPart, aKey }, state) => {
    const decision = state === "refused" ? REFUSE : GRANT;
    return of("registrar", { part: (await openPart()).part, decision, idempotencyKey: aKey() });
  },
  "answer-supplement": async ({ decided, aKey }) => {
    const answers = [{ item: "BAN_SAO", text: "Đã nộp bản sao", attachment: null }];
    return of("clerk", { dossier: (await decided(SUPPLEMENT)).code, answers, idempotencyKey: aKey() });
  },
  "withdraw-dossier": async ({ openPart, aKey }) =>
    of("clerk", { dossier: (await openPart()).code, reason: "Công dân thay đổi nơi ở", idempotencyKey: aKey() }),
  "return-results": async ({ decided, aKey }) => {
    const receivedBy = { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017" };
    const input = { method: "DESK", receivedBy, receiptCode: "BN-0001" };
    return of("clerk", { dossier: (await decided(GRANT)).code, input, idempotencyKey: aKey() });
  },
};

/** @throws DevRefusal for a state that no example knows; undefined for a document without an example */
export async function exampleOf(
  name: string,
  state: string | null,
  given: ExampleSituations,
): Promise<Example | undefined> {
  const wanted = state ?? "usual";
  if (wanted !== "usual" && wanted !== "refused" && wanted !== "duplicate")
    throw devRefusal("state", "is no situation of an example", "use refused or duplicate, or leave it out");
  const bundle = Object.hasOwn(BUNDLE_EXAMPLES, name) ? BUNDLE_EXAMPLES[name] : undefined;
  if (bundle) return of("clerk", await bundle(given.families, wanted));
  const maker = Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined;
  return maker?.(given, wanted);
}

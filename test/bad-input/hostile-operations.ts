import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  isLeafType,
} from "graphql";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aBirthRequest, aBusinessStart, aDeathRequest, aLandTransfer, aMarriageRequest } from "../given.ts";
import { citizen } from "../kit/ask-agency.ts";
import { aPdf, upload } from "../kit/attachment-requests.ts";
import { type DossierData, setClock } from "../kit/dossier-outcomes.ts";
import { aMoveRequest } from "../kit/moves.ts";
import { atAgency, schemaText } from "../rights/scopes-in-sdl.ts";
import { clerk, contract, type Persona, TODAY, type World } from "../world.ts";

type Fields = Record<string, unknown>;
/** A root field of the desk with good variables and a person who may use it. */
export type Operation = { name: string; document: string; variables: Fields; who: Persona };

const MARRIAGE = "1.000894";
const WEBHOOK = {
  url: "https://receiver.invalid/hook",
  filter: { office: "31471", province: "92", procedure: MARRIAGE },
};
const aDossier = (attachment: string) => ({
  ...{ procedure: MARRIAGE, office: "31471", channel: "DESK", form: procedureForm(MARRIAGE).example },
  declarant: {
    ...{ fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", relation: null },
    ...{ phone: "0912345678", email: null },
  },
  papers: [{ code: "TO_KHAI", attachment, kind: "COPY" }],
  filledBy: null,
  handover: { method: "DESK", paperCopies: 1, address: null },
});

/** Rows that the operations refer to. */
async function given(world: World): Promise<Fields> {
  setClock(world, TODAY);
  const { id: attachment } = (await upload(world, aPdf(), "clerk")).body;
  const key = { idempotencyKey: "hostile" };
  const ask = async (document: string, variables: object): Promise<DossierData> =>
    Object.values((await world.ask(clerk, document, variables)).data)[0];
  const { dossier } = await ask(contract("submit-dossier"), { input: aDossier(attachment), ...key });
  const { nodeId } = await ask("query ($code: ID!) { dossier(code: $code) { nodeId } }", { code: dossier.code });
  const { draft } = await ask(
    `mutation ($input: DraftInput!) { createDraft(input: $input, idempotencyKey: "hostile") { draft { code } } }`,
    { input: { kind: "DOSSIER", content: { office: "31471" } } },
  );
  const { ticket } = await ask(
    `mutation { takeTicket(input: {office: "31471"}, idempotencyKey: "hostile") { ticket { id } } }`,
    {},
  );
  const aWebhook = (idempotencyKey: string) =>
    ask(
      `mutation ($input: WebhookInput!, $idempotencyKey: String!) {
        createWebhook(input: $input, idempotencyKey: $idempotencyKey) { webhook { id } } }`,
      { input: WEBHOOK, idempotencyKey },
    );
  const [{ webhook }, { webhook: deletedWebhook }] = [await aWebhook("hostile"), await aWebhook("hostile-deleted")];
  const { delivery } = await ask(
    `mutation ($webhook: ID!) { pingWebhook(webhook: $webhook, idempotencyKey: "hostile") { delivery { id } } }`,
    { webhook: webhook.id },
  );
  const { feedback } = await ask(
    `mutation { recordHotlineFeedback(input: {feedback: {complaint: "Chờ lâu"}}, idempotencyKey: "hostile") { feedback { id } } }`,
    {},
  );
  const own = {
    ...{ webhook: webhook.id, deletedWebhook: deletedWebhook.id, delivery: delivery.id },
    ...{ noted: feedback.id, node: nodeId },
  };
  return { attachment, dossier: dossier.code, part: dossier.parts[0].id, draft: draft.code, ticket: ticket.id, ...own };
}

/** Every root field of the desk's schema. */
export async function operationsOfDesk(world: World): Promise<Operation[]> {
  const schema = buildSchema(schemaText("api"));
  const desk = buildSchema(schemaText("one-stop"), { assumeValidSDL: true });
  const rows = await given(world);
  return [schema.getQueryType(), schema.getMutationType()].flatMap((type) => {
    const own = desk.getType(type?.name ?? "");
    const names = own && "getFields" in own ? Object.keys(own.getFields()) : [];
    return Object.values(type?.getFields() ?? {})
      .filter(({ name }) => names.includes(name))
      .map(({ name, args, type: returned }): Operation => {
        const declared = args.map((each) => `$${each.name}: ${each.type}`).join(", ");
        const passed = args.map((each) => `${each.name}: $${each.name}`).join(", ");
        const selection = isLeafType(getNamedType(returned)) ? "" : "{ __typename }";
        const field = args.length > 0 ? `${name}(${passed})` : name;
        return {
          name,
          document: `${type?.name.toLowerCase()} ${declared && `(${declared})`} { ${field} ${selection} }`,
          variables: Object.fromEntries(args.map((each) => [each.name, goodValue(name, each, rows)])),
          who: personFor(atAgency("one-stop", type?.name ?? "", name)),
        };
      });
  });
}

function personFor(scopes: readonly string[]): Persona {
  if (scopes.length === 0) return null;
  if (scopes.includes("work:decide")) return { persona: "registrar" };
  if (scopes.includes("feedback:give")) return citizen("093195000017");
  if (scopes.some((scope) => /^(feedback:|figures:read|work:supervise)/.test(scope))) return { persona: "leader" };
  if (scopes.includes("message:choose")) return { persona: "citizen" };
  if (scopes.includes("clock:manage")) return { persona: "administrator" };
  return clerk;
}

function goodValue(operation: string, { name, type }: GraphQLArgument, rows: Fields): unknown {
  const isOfDraft = /draft/i.test(operation);
  const isOfTicket = /ticket/i.test(operation);
  const values: Fields = {
    ...{ office: "31471", province: "92", personalId: "093195000017", counter: "1", search: "Hai", on: "2026-11-23" },
    ...{ state: "PENDING", overlapHours: 1, feedback: { rating: 4, complaint: "Chờ lâu" }, answerCode: "123456" },
    ...(operation === "ratingAverages" ? { since: TODAY, until: TODAY } : { since: null, until: null }),
    answer: "Đã nhắc nhở",
    ...{ first: 5, count: 2, revision: 1, waitMs: 0, day: "2026-11-23", use: "HOUSEHOLD", end: "DONE", after: null },
    ...{
      idempotencyKey: `hostile-${operation}`,
      reason: "Lý do",
      remark: "Sai tên đệm",
      settlement: "Đã hoàn trả",
      phoneLast4: "5678",
    },
    ...{ agency: "CIVIL_STATUS", orderBy: null, ...rows, ticket: isOfTicket ? rows.ticket : null },
    codes: operation === "rates" ? ["ON_TIME"] : [rows.dossier],
    ...{
      scope: { office: "31471", procedure: MARRIAGE },
      by: "STEP",
      from: TODAY.slice(0, 10),
      to: TODAY.slice(0, 10),
    },
    code: isOfDraft ? rows.draft : /procedure/.test(operation) ? MARRIAGE : rows.dossier,
    id: isOfTicket
      ? rows.ticket
      : operation === "attachment"
        ? rows.attachment
        : operation === "answerFeedback"
          ? rows.noted
          : operation === "node"
            ? rows.node
            : rows.part,
    ids: [rows.node],
    ...{ states: ["WAITING"], channels: ["SMS"], language: "VI" },
    webhook: operation === "deleteWebhook" ? rows.deletedWebhook : rows.webhook,
    answers: [{ item: "PAPER", text: "Đã nộp", attachment: rows.attachment }],
    items: [{ idempotencyKey: "hostile-item", dossier: aDossier(String(rows.attachment)), dossierCode: "x" }],
    input: goodInput(operation, rows),
    token: "an-unknown-token",
    decision: { supplement: { items: [{ code: "PAPER", text: "Bổ sung", legalBasis: "Điều 9" }] } },
    changes: { papers: [] },
    filter: filterOf(type),
  };
  return values[name] ?? null;
}

function goodInput(operation: string, rows: Fields): unknown {
  const inputs: Record<string, unknown> = {
    submitDossier: aDossier(String(rows.attachment)),
    changeClockRules: {
      reason: "Quyết định 12/QĐ-UBND",
      days: [{ date: "2026-12-13", kind: "swap_off", name: "Nghỉ hoán đổi" }],
    },
    recordHotlineFeedback: { field: "land", feedback: { rating: 2, complaint: "Chờ lâu" } },
    takeTicket: { office: "31471", priority: "ELDERLY", personalId: "093195000017" },
    recordPayment: { cash: { amountVnd: 10_000, receipt: "BL-1" } },
    createWebhook: WEBHOOK,
    changeWebhook: WEBHOOK,
    returnResults: {
      method: "DESK",
      receivedBy: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017" },
      receiptCode: "R1",
    },
  };
  if (/BirthBundle/.test(operation)) return aBirthRequest();
  if (/DeathBundle/.test(operation)) return aDeathRequest();
  if (/BusinessStartBundle/.test(operation)) return aBusinessStart();
  if (/MoveBundle/.test(operation)) return aMoveRequest();
  if (/LandTransferBundle/.test(operation)) return aLandTransfer();
  if (/MarriageBundle/.test(operation)) return aMarriageRequest();
  if (/Draft/.test(operation)) return { kind: "DOSSIER", content: { office: "31471", form: { a: "b" } } };
  return inputs[operation];
}

/** A filter with every field, each of them null. */
function filterOf(type: GraphQLInputType): unknown {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return null;
  return Object.fromEntries(Object.keys(named.getFields()).map((name) => [name, null]));
}

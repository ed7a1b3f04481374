import { expect, test } from "vitest";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { citizen } from "../kit/ask-agency.ts";
import { type DossierData, shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const registrar: Persona = { persona: "registrar" };
const PERSON = "093195000017";
const COPIES = "2.000635";
/** Civil-status procedure without a fee that an officer decides. */
const MARRIAGE = "1.000894";

const TAKE = `mutation ($personalId: String, $idempotencyKey: String!) {
  takeTicket(input: {office: "31471", personalId: $personalId}, idempotencyKey: $idempotencyKey) { ticket { id } } }`;
const CALL = `mutation ($idempotencyKey: String!) {
  callNextTicket(office: "31471", counter: "1", idempotencyKey: $idempotencyKey) { ticket { id } } }`;
const END = `mutation ($ticket: ID!) { endTicket(ticket: $ticket, end: DONE) { ticket { id } } }`;
const RELEASE = `mutation ($part: ID!) { releasePart(part: $part) { problems { code } } }`;
const RECORD = `mutation ($dossier: ID!, $idempotencyKey: String!) {
  recordPayment(dossier: $dossier, input: {cash: {amountVnd: 16000, receipt: "BL-1"}}, idempotencyKey: $idempotencyKey) {
    problems { code } } }`;

/** Sends a mutation twice, with one key. @returns its result, and the changes that both requests recorded */
async function changed(
  who: Persona,
  document: string,
  variables: object,
): Promise<{ result: DossierData; rows: object[] }> {
  const idempotencyKey = `changes-${serial("key")}`;
  const requests = ["first", "again"].map((time) => `${idempotencyKey}-${time}`);
  const answers = [];
  for (const request of requests)
    answers.push(await world.current.ask(who, document, { ...variables, idempotencyKey }, { "x-request-id": request }));
  const rows = await world.current.sql("one-stop")`
    select subject, office, purpose, citizens, fields from access_log where action = 'CHANGE' and request_id in ${world.current.sql("one-stop")(requests)}`;
  return { result: Object.values(answers[0]?.data ?? {})[0], rows: [...rows] };
}

const byClerk = { subject: "demo:clerk:31471", office: "31471" };
const byRegistrar = { ...byClerk, subject: "demo:registrar:31471" };

test("taking, calling and ending a ticket are recorded once each, with the person or else the ticket", async () => {
  const taken = await changed(clerk, TAKE, { personalId: PERSON });
  expect(taken.rows).toEqual([{ ...byClerk, purpose: null, citizens: [PERSON], fields: ["Ticket"] }]);
  expect((await changed(clerk, CALL, {})).rows).toEqual(taken.rows);
  expect((await changed(clerk, END, { ticket: taken.result.ticket.id })).rows).toEqual(taken.rows);
  const { result, rows } = await changed(clerk, TAKE, { personalId: null });
  expect(rows).toMatchObject([{ citizens: [result.ticket.id] }]);
});

test("claiming, releasing, deciding, answering, withdrawing and a payment are recorded once each, for all parties", async () => {
  const submit = async (procedure: string) => {
    const input = {
      ...{ procedure, office: "31471", channel: "DESK", form: procedureForm(procedure).example, papers: [] },
      declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: PERSON, phone: "0912345678" },
    };
    return (await changed(clerk, contract("submit-dossier"), { input })).result.dossier;
  };
  const { code: dossier, parts } = await submit(MARRIAGE);
  const part = parts[0].id;
  const [{ citizens } = {}] = await world.current.sql("one-stop")`
    select string_to_array(parties, ' ') as citizens from dossiers where code = ${dossier}`;
  expect(citizens).toContain(PERSON);
  const items = [{ code: "PAPER", text: "Bổ sung", legalBasis: "Điều 9" }];
  const ofPart = { ...byRegistrar, purpose: dossier, citizens, fields: ["DossierPart"] };
  const ofDossier = { ...byClerk, purpose: dossier, citizens, fields: ["Dossier"] };
  const acts: [Persona, string, object, object][] = [
    [registrar, contract("claim-part"), { part }, ofPart],
    [registrar, RELEASE, { part }, ofPart],
    [registrar, contract("decide-part"), { part, decision: { supplement: { items } } }, ofPart],
    [
      clerk,
      contract("answer-supplement"),
      { dossier, answers: [{ item: "PAPER", text: "Đã nộp", attachment: null }] },
      ofDossier,
    ],
    [clerk, contract("withdraw-dossier"), { dossier, reason: "Không còn nhu cầu" }, ofDossier],
  ];
  for (const [who, document, variables, row] of acts) {
    const { rows, result } = await changed(who, document, variables);
    expect(result.problems, document).toEqual([]);
    expect(rows, document).toEqual([row]);
  }
  const { code } = await submit(COPIES);
  const { rows } = await changed(clerk, RECORD, { dossier: code });
  expect(rows).toMatchObject([{ ...byClerk, purpose: code, fields: ["Payment"] }]);
});

test("choosing and stopping messages are recorded for the person, and for the declarant by a clerk", async () => {
  const choose = `mutation { chooseMessages(channels: [SMS], language: VI) { problems { code } } }`;
  const own = await changed(citizen(PERSON), choose, {});
  expect(own.rows).toMatchObject([1, 2].map(() => ({ citizens: [PERSON], fields: ["MessageChoice"] })));
  const stop = `mutation { stopMessages { problems { code } } }`;
  expect((await changed(citizen(PERSON), stop, {})).rows).toHaveLength(2);
});

import { describe, expect, it } from "vitest";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { type DossierData, setClock, shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, type Persona, sharedWorld, TODAY } from "../world.ts";

const world = sharedWorld(shortBackoff);
const registrar: Persona = { persona: "registrar" };
const leader: Persona = { persona: "leader" };
const portal: Persona = { persona: "portal" };
const landOfficer: Persona = { persona: "land-officer" };
const clerkElsewhere: Persona = { persona: "clerk", commune: "31426" };
const colleague: Persona = {
  claims: { sub: "colleague", role: "registrar", scope: "work:decide", office: "31471", agency: "CIVIL_STATUS" },
};
const aKey = () => `once-${process.pid}-${serial("key")}`;
const MARRIAGE = "1.000894";
const RELEASE = "mutation ($part: ID!) { releasePart(part: $part) { part { id } problems { code path } } }";

async function ask(who: Persona, document: string, variables: object): Promise<DossierData> {
  const { data, errors } = await world.current.ask(who, document, variables);
  return Object.values(data ?? {})[0] ?? { error: errors?.[0]?.extensions.code };
}
const faults = ({ problems, error }: DossierData): string[] =>
  error ? [error] : problems.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join(".")}`);

const submission = (more: object = {}) => ({
  ...{ procedure: MARRIAGE, office: "31471", channel: "DESK", form: procedureForm(MARRIAGE).example, papers: [] },
  declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
  ...more,
});
const submit = (input: object, idempotencyKey = aKey(), who: Persona = clerk) =>
  ask(who, contract("submit-dossier"), { input, idempotencyKey });

type Given = { dossier: string; part: string };
async function open(): Promise<Given> {
  const { dossier } = await submit(submission());
  return { dossier: dossier.code, part: dossier.parts[0].id };
}
const items = [{ code: "PAPER", text: "Bổ sung giấy xác nhận", legalBasis: "Điều 9" }];
const grant = { grant: { facts: { number: "01" } } };
const decide = ({ part }: Given, decision: object) =>
  ask(registrar, contract("decide-part"), { part, decision, idempotencyKey: aKey() });

async function supplemented(): Promise<Given> {
  const given = await open();
  expect(faults(await decide(given, { supplement: { items } }))).toEqual([]);
  return given;
}
async function granted(): Promise<Given> {
  const given = await open();
  expect(faults(await decide(given, grant))).toEqual([]);
  return given;
}

type Act = {
  document: string;
  who: Persona;
  given(): Promise<Given>;
  body: object;
  otherBody: object;
  /** Problem of a second act with a key of its own. */
  afterwards: string;
  refused: [Persona, string][];
};
const acts: Record<string, Act> = {
  decision: {
    ...{ document: contract("decide-part"), who: registrar, given: open, afterwards: "PART_NOT_OPEN part" },
    ...{ body: { decision: grant }, otherBody: { decision: { grant: { facts: { number: "02" } } } } },
    refused: [
      [portal, "FORBIDDEN"],
      [clerk, "NOT_FOUND"],
      [landOfficer, "NOT_FOUND"],
      [{ persona: "registrar", commune: "31426" }, "NOT_FOUND"],
    ],
  },
  "answer to a supplement": {
    ...{ document: contract("answer-supplement"), who: clerk, given: supplemented },
    ...{ afterwards: "NOTHING_TO_SUPPLEMENT dossier", body: { answers: [{ item: "PAPER", text: "Đã nộp" }] } },
    otherBody: { answers: [{ item: "PAPER", text: "Đã nộp bản chính" }] },
    refused: [
      [leader, "FORBIDDEN"],
      [clerkElsewhere, "NOT_FOUND"],
    ],
  },
  withdrawal: {
    ...{ document: contract("withdraw-dossier"), who: clerk, given: open, afterwards: "DOSSIER_ENDED dossier" },
    ...{ body: { reason: "Không còn nhu cầu" }, otherBody: { reason: "Nộp nhầm" } },
    refused: [
      [leader, "FORBIDDEN"],
      [clerkElsewhere, "NOT_FOUND"],
    ],
  },
  handover: {
    ...{ document: contract("return-results"), who: clerk, given: granted, afterwards: "NOT_TO_BE_RETURNED dossier" },
    ...{ body: { input: { method: "DESK", receiptCode: "R1" } }, otherBody: { input: { method: "POST" } } },
    refused: [
      [registrar, "FORBIDDEN"],
      [clerkElsewhere, "NOT_FOUND"],
    ],
  },
};

describe.each(Object.entries(acts))("a %s", (name, { document, who, given, body, otherBody, afterwards, refused }) => {
  const act = (at: Given, key: string, by = who, of = body) => ask(by, document, { ...at, ...of, idempotencyKey: key });

  it(`a ${name} sent twice with one key is one act, also at once; another body under the key is a problem`, async () => {
    const [at, key] = [await given(), aKey()];
    const both = await Promise.all([act(at, key), act(at, key)]);
    expect(both.map(faults)).toEqual([[], []]);
    const rows = await world.current.sql("one-stop")`select 1 from acts where idempotency_key = ${key}`;
    expect(rows).toHaveLength(1);
    expect(faults(await act(at, key, who, otherBody))).toEqual(["IDEMPOTENCY_CONFLICT idempotencyKey"]);
  });

  it(`of two persons at once one makes the ${name}, and the other gets the problem`, async () => {
    const at = await given();
    const both = await Promise.all([act(at, aKey()), act(at, aKey())]);
    expect(both.flatMap(faults)).toEqual([afterwards]);
  });

  it(`a ${name} is refused to callers without the permission and to those of another place`, async () => {
    const at = await given();
    for (const [by, error] of refused) expect(faults(await act(at, aKey(), by))).toEqual([error]);
    expect(faults(await act(at, "a key with blanks"))).toEqual(["BAD_USER_INPUT"]);
    expect(faults(await act(at, aKey()))).toEqual([]);
  });
});

describe("the claim and the release of a part", () => {
  const claim = (part: string, who: Persona = registrar) => ask(who, contract("claim-part"), { part });
  const release = (part: string, who: Persona = registrar) => ask(who, RELEASE, { part });

  it("a claim repeated changes nothing; of two officers at once one claims, and alone releases the part", async () => {
    const { part, dossier } = await open();
    const both = await Promise.all([claim(part), claim(part, colleague)]);
    expect(both.flatMap(faults)).toEqual(["ALREADY_CLAIMED part"]);
    const isFirst = both[0]?.problems.length === 0;
    const [holder, other]: [Persona, Persona] = isFirst ? [registrar, colleague] : [colleague, registrar];
    const revision = async () =>
      (await world.current.sql("one-stop")`select revision from dossiers where code = ${dossier}`)[0]?.revision;
    const before = await revision();
    expect(faults(await claim(part, holder))).toEqual([]);
    expect(await revision()).toBe(before);
    expect(faults(await release(part, other))).toEqual(["ALREADY_CLAIMED part"]);
    expect((await Promise.all([release(part, holder), release(part, holder)])).map(faults)).toEqual([[], []]);
    expect(faults(await claim(part, other))).toEqual([]);
  });

  it("a part that is decided, of another agency or unknown is claimed and released by nobody", async () => {
    const { part } = await granted();
    expect(faults(await claim(part))).toEqual(["PART_NOT_OPEN part"]);
    for (const act of [claim, release]) {
      expect(faults(await act(part, portal))).toEqual(["FORBIDDEN"]);
      for (const who of [clerk, landOfficer]) expect(faults(await act(part, who))).toEqual(["NOT_FOUND"]);
      expect(faults(await act("none"))).toEqual(["NOT_FOUND"]);
    }
  });
});

describe("a submission of one procedure", () => {
  const { isVoluntary, ...incomplete } = procedureForm(MARRIAGE).example as Record<string, unknown>;
  const form = { ...incomplete, isVoluntary };

  it.each<[string, object, string]>([
    ["with a list as its form", { form: [] }, "FORM_MALFORMED form"],
    ["without a field of the form", { form: incomplete }, "FORM_FIELD_MISSING form.isVoluntary"],
    ["with a field that the form has not", { form: { ...form, colour: "đỏ" } }, "FORM_FIELD_UNKNOWN form.colour"],
    [
      "with a text for a number",
      { form: { ...form, groomMarriageCount: "1" } },
      "FORM_VALUE_TYPE form.groomMarriageCount",
    ],
    [
      "with a number beyond",
      { form: { ...form, groomMarriageCount: 1e9 } },
      "FORM_VALUE_INVALID form.groomMarriageCount",
    ],
    ["by a channel that is not offered", { procedure: "2.000815", channel: "ONLINE" }, "CHANNEL_NOT_OFFERED channel"],
  ])("a submission %s is refused with its path", async (_, more, problem) => {
    const { dossier, problems } = await submit(submission(more));
    expect(dossier).toBeNull();
    expect(faults({ problems })).toContain(problem);
  });

  it("a submission sent twice at once with one key is one dossier, and refused to a leader", async () => {
    const key = aKey();
    const both = await Promise.all([submit(submission(), key), submit(submission(), key)]);
    expect(both.flatMap(faults)).toEqual([]);
    expect(both[1]?.dossier.code).toBe(both[0]?.dossier.code);
    expect(faults(await submit(submission(), aKey(), leader))).toEqual(["FORBIDDEN"]);
  });
});

describe("the end of a ticket", () => {
  it("of two clerks who end one ticket at once as done and as absent, one does", async () => {
    setClock(world.current, TODAY);
    const ticketOf = (document: string) => ask(clerk, document, { key: aKey() });
    await ticketOf(
      `mutation ($key: String!) { takeTicket(input: {office: "31471"}, idempotencyKey: $key) { problems { code path } } }`,
    );
    const { ticket } = await ticketOf(
      `mutation ($key: String!) { callNextTicket(office: "31471", counter: "1", idempotencyKey: $key) { ticket { id } problems { code path } } }`,
    );
    const end = (how: string) =>
      ask(
        clerk,
        `mutation ($ticket: ID!, $how: TicketEnd!) { endTicket(ticket: $ticket, end: $how) { problems { code path } } }`,
        {
          ...{ ticket: ticket.id, how },
        },
      );
    const both = await Promise.all([end("DONE"), end("ABSENT")]);
    expect(both.flatMap(faults)).toEqual(["TICKET_NOT_CALLED ticket"]);
  });
});

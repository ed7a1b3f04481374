import { describe, expect, it } from "vitest";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aBirthRequest, aFamily } from "../given.ts";
import { citizen } from "../kit/ask-agency.ts";
import { type DossierData, setClock } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, type Persona, sharedWorld, TODAY } from "../world.ts";

const world = sharedWorld();
const aKey = () => `queue-${process.pid}-${serial("key")}`;
const aClerk = (office: string): Persona => ({ persona: "clerk", commune: office });

const TICKET = `id number day state counter ahead takenAt calledAt endedAt
  office { code } priority { code } dossiers { code }`;
const ACT = `{ ticket { ${TICKET} } problems { code path message messageEn } }`;
const TAKE = `mutation ($input: TicketInput!, $key: String!) { takeTicket(input: $input, idempotencyKey: $key) ${ACT} }`;
const CALL = `mutation ($office: String!, $counter: String!, $key: String!) {
  callNextTicket(office: $office, counter: $counter, idempotencyKey: $key) ${ACT} }`;
const END = `mutation ($ticket: ID!, $end: TicketEnd!) { endTicket(ticket: $ticket, end: $end) ${ACT} }`;
const READ = `query ($id: ID!) { ticket(id: $id) { ${TICKET} } }`;
const LIST = `query ($office: String!, $states: [TicketState!], $after: String) {
  tickets(office: $office, states: $states, first: 2, after: $after) {
    nodes { number } pageInfo { hasNextPage endCursor } } }`;

async function ask(who: Persona, document: string, variables: object): Promise<DossierData> {
  const { data, errors } = await world.current.ask(who, document, variables);
  return Object.values(data ?? {})[0] ?? { error: errors?.[0]?.extensions };
}

/** Moves to a day on which no ticket was taken. */
function aNewDay(): void {
  setClock(world.current, `2026-12-${String(serial("day") + 1).padStart(2, "0")}T09:00:00+07:00`);
}

const take = (office: string, more: object = {}, key = aKey(), who = aClerk(office)) =>
  ask(who, TAKE, { input: { office, ...more }, key });
const call = (office: string, counter: string, key = aKey(), who = aClerk(office)) =>
  ask(who, CALL, { office, counter, key });
const faults = ({ problems }: DossierData) =>
  problems.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join(".")}`);
const numberOf = ({ ticket }: DossierData) => ticket?.number;

describe("a queue ticket", () => {
  it("a ticket has the next number of its office and day; the same key and body give the same one", async () => {
    aNewDay();
    const key = aKey();
    const first = await take("31471", {}, key);
    expect(first).toMatchObject({ problems: [], ticket: { number: 1, state: "WAITING", ahead: 0, calledAt: null } });
    expect(await take("31471", {}, key)).toEqual(first);
    expect(faults(await take("31471", { priority: "ELDERLY" }, key))).toEqual(["IDEMPOTENCY_CONFLICT idempotencyKey"]);
    expect(numberOf(await take("31471"))).toBe(2);
    expect(numberOf(await take("31426"))).toBe(1);
    aNewDay();
    expect(numberOf(await take("31471"))).toBe(1);
  });

  it("the series has no gap and no number twice when desks and a failing request take tickets at once", async () => {
    aNewDay();
    const personalId = aFamily().mother.personalId;
    const key = aKey();
    const taken = await Promise.all([
      ...Array.from({ length: 10 }, () => take("31471")),
      ...[take("31471", {}, key), take("31471", {}, key)],
      ...[take("31471", { personalId }), take("31471", { personalId })],
    ]);
    expect(taken.flatMap(faults)).toEqual(["TICKET_ALREADY_TAKEN "]);
    const numbers = new Set(taken.map(numberOf).filter(Boolean));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, place) => place + 1));
  });

  it("a ticket's office, priority group and personal number are checked", async () => {
    expect(faults(await take("31471", { priority: "VIP", personalId: "12" }))).toEqual([
      ...["TICKET_PRIORITY_UNKNOWN priority", "PERSONAL_ID_MALFORMED personalId"],
    ]);
    expect(faults(await take("31471", {}, aKey(), aClerk("31426")))).toEqual(["OFFICE_NOT_YOURS office"]);
    expect(faults(await take("00000", {}, aKey(), clerk))).toEqual(["OFFICE_UNKNOWN office"]);
    expect(await take("31471", {}, aKey(), { persona: "leader" })).toMatchObject({ error: { code: "FORBIDDEN" } });
  });

  it("a citizen takes a ticket online, sees how many are ahead, and no other citizen or office sees it", async () => {
    aNewDay();
    await take("31471");
    const me = citizen(aFamily().mother.personalId);
    const mine = await take("31471", {}, aKey(), me);
    expect(mine.ticket).toMatchObject({ number: 2, ahead: 1 });
    expect(faults(await take("31471", {}, aKey(), me))).toEqual(["TICKET_ALREADY_TAKEN "]);
    const { id } = mine.ticket;
    for (const who of [me, clerk, { persona: "leader" }]) expect(await ask(who, READ, { id })).toEqual(mine.ticket);
    const stranger: Persona = {
      claims: { sub: "stranger", role: "citizen", scope: "queue:read", personalId: aFamily().mother.personalId },
    };
    for (const who of [stranger, aClerk("31426")])
      expect(await ask(who, READ, { id })).toMatchObject({ error: { code: "NOT_FOUND" } });
    expect(await ask(me, READ, { id: "none" })).toMatchObject({ error: { code: "NOT_FOUND" } });
    expect(await ask({ persona: "portal" }, READ, { id })).toMatchObject({ error: { code: "FORBIDDEN" } });
  });
});

describe("a call", () => {
  it("a call takes priority groups first and then the numbers, with the times of call and end", async () => {
    aNewDay();
    for (const priority of [null, null, "ELDERLY", "PREGNANT"]) await take("31471", { priority });
    const order = [];
    for (const end of ["DONE", "ABSENT", "DONE", "DONE"]) {
      const { ticket } = await call("31471", "Quầy 1");
      order.push(ticket.number);
      expect(ticket).toMatchObject({ state: "CALLED", counter: "Quầy 1", calledAt: expect.any(String) });
      const ended = await ask(clerk, END, { ticket: ticket.id, end });
      expect(ended.ticket).toMatchObject({ state: end, endedAt: expect.any(String) });
      expect(await ask(clerk, END, { ticket: ticket.id, end })).toEqual(ended);
    }
    expect(order).toEqual([3, 4, 1, 2]);
    expect(faults(await call("31471", "Quầy 1"))).toEqual(["QUEUE_EMPTY "]);
  });

  it("counters that call at once win one ticket each, and a repeated call gets its own ticket again", async () => {
    aNewDay();
    for (let waiting = 0; waiting < 6; waiting++) await take("31471");
    const called = await Promise.all(Array.from({ length: 6 }, (_, counter) => call("31471", `${counter}`)));
    expect(called.map(numberOf).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    await take("31471");
    await take("31471");
    const key = aKey();
    const both = await Promise.all([call("31471", "9", key), call("31471", "9", key)]);
    expect(both.map(numberOf)).toEqual([7, 7]);
    expect(faults(await call("31471", "10", key))).toEqual(["IDEMPOTENCY_CONFLICT idempotencyKey"]);
  });

  it("a call is refused to a counter that serves somebody, without a name, and at another office", async () => {
    aNewDay();
    const { ticket } = await take("31471");
    await take("31471");
    expect(faults(await ask(clerk, END, { ticket: ticket.id, end: "DONE" }))).toEqual(["TICKET_NOT_CALLED ticket"]);
    await call("31471", "1");
    expect(faults(await call("31471", "1"))).toEqual(["COUNTER_BUSY counter"]);
    expect(faults(await call("31471", " "))).toEqual(["COUNTER_MALFORMED counter"]);
    expect(faults(await call("31471", "1", aKey(), aClerk("31426")))).toEqual(["OFFICE_NOT_YOURS office"]);
    await ask(clerk, END, { ticket: ticket.id, end: "DONE" });
    expect(faults(await ask(clerk, END, { ticket: ticket.id, end: "ABSENT" }))).toEqual(["TICKET_NOT_CALLED ticket"]);
    const notYours = await ask(aClerk("31426"), END, { ticket: ticket.id, end: "DONE" });
    expect(notYours).toMatchObject({ error: { code: "NOT_FOUND" } });
    for (const document of [CALL, END]) {
      const variables = { office: "31471", counter: "1", key: aKey(), ticket: ticket.id, end: "DONE" };
      expect(await ask({ persona: "leader" }, document, variables)).toMatchObject({ error: { code: "FORBIDDEN" } });
    }
  });

  it("the tickets of a day are listed in pages by number and state, for the own office", async () => {
    aNewDay();
    for (let waiting = 0; waiting < 4; waiting++) await take("31471");
    await call("31471", "1");
    const first = await ask(clerk, LIST, { office: "31471", states: ["WAITING"] });
    expect(first).toMatchObject({ nodes: [{ number: 2 }, { number: 3 }], pageInfo: { hasNextPage: true } });
    const next = { office: "31471", states: ["WAITING"], after: first.pageInfo.endCursor };
    expect((await ask(clerk, LIST, next)).nodes).toEqual([{ number: 4 }]);
    expect((await ask(aClerk("31426"), LIST, { office: "31471" })).nodes).toEqual([]);
    const { data } = await world.current.ask(null, "{ ticketPriorities { code name nameEn basis } }");
    expect(data.ticketPriorities.map(({ code }: { code: string }) => code)).toContain("PREGNANT");
  });
});

describe("a dossier for a ticket", () => {
  const SINGLE = `mutation ($input: DossierInput!, $key: String!, $ticket: ID) {
    submitDossier(input: $input, idempotencyKey: $key, ticket: $ticket) {
      dossier { code ticket { id } } problems { code path } } }`;
  const BIRTH = `mutation ($input: BirthBundleInput!, $key: String!, $ticket: ID) {
    submitBirthBundle(input: $input, idempotencyKey: $key, ticket: $ticket) {
      dossier { code ticket { id } } problems { code path } } }`;
  const single = () => ({
    ...{ procedure: "1.000894", office: "31471", channel: "DESK", form: procedureForm("1.000894").example, papers: [] },
    declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
  });

  it("dossiers that are submitted for a called ticket are linked to it, once for one key", async () => {
    setClock(world.current, TODAY);
    await take("31471");
    const { ticket } = await call("31471", "1");
    const variables = { input: single(), key: aKey(), ticket: ticket.id };
    const [first, again] = [await ask(clerk, SINGLE, variables), await ask(clerk, SINGLE, variables)];
    expect(first.problems).toEqual([]);
    expect(again).toEqual(first);
    const birth = await ask(clerk, BIRTH, { input: aBirthRequest(), key: aKey(), ticket: ticket.id });
    expect(birth.dossier.ticket).toEqual({ id: ticket.id });
    const { dossiers } = await ask(clerk, READ, { id: ticket.id });
    expect(dossiers.map(({ code }: { code: string }) => code)).toEqual([first.dossier.code, birth.dossier.code].sort());
  });

  it("a ticket that waits, ended or belongs to another office takes no dossier, and the dossier is not opened", async () => {
    setClock(world.current, TODAY);
    const waiting = await take("31471");
    await take("31426");
    const elsewhere = await call("31426", "1");
    for (const ticket of [waiting.ticket.id, elsewhere.ticket.id, "none"]) {
      const key = aKey();
      const refused = await ask(clerk, SINGLE, { input: single(), key, ticket });
      expect(refused).toEqual({ dossier: null, problems: [{ code: "TICKET_NOT_CALLED", path: ["ticket"] }] });
      expect(await world.current.sql("one-stop")`select 1 from dossiers where idempotency_key = ${key}`).toHaveLength(
        0,
      );
    }
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aBirthRequest, dossierThatIs } from "../given.ts";
import { acknowledged, type DossierData, inFaultMode, setClock, shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const aKey = () => `board-${process.pid}-${serial("key")}`;
const leader: Persona = { persona: "leader" };
const COUNTS = ["receivedToday", "dueToday", "overdue", "awaitingSupplement", "readyForHandover"];
const BOARD = `query ($office: String!) { board(office: $office) { office { code name } at ticketsWaiting ticketsCalled
  ${COUNTS.map((name) => `${name} { totalCount totalCountAtLeast filter }`).join(" ")} } }`;
const TAKE = `mutation ($key: String!) { takeTicket(input: { office: "31471" }, idempotencyKey: $key) { ticket { id } } }`;
const CALL = `mutation ($key: String!) {
  callNextTicket(office: "31471", counter: "1", idempotencyKey: $key) { ticket { id } } }`;

async function opened(at: string, handover = { method: "ELECTRONIC", paperCopies: 1 }): Promise<string> {
  setClock(world.current, at);
  const input = { ...aBirthRequest(), handover };
  input.child.dateOfBirth = "2026-10-20";
  return (await acknowledged(world.current, input)).code;
}

/** A dossier that an officer has to decide: it is due ten working days after its receipt. */
async function marriage(at: string): Promise<void> {
  setClock(world.current, at);
  const input = {
    ...{ procedure: "1.000894", office: "31471", channel: "DESK", form: procedureForm("1.000894").example, papers: [] },
    declarant: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017", phone: "0912345678" },
  };
  const { data } = await world.current.ask(clerk, contract("submit-dossier"), { input, idempotencyKey: aKey() });
  expect(data.submitDossier.problems).toEqual([]);
}

async function board(who: Persona = clerk, office = "31471"): Promise<DossierData> {
  const { data, errors } = await world.current.ask(who, BOARD, { office });
  return data?.board ?? { error: errors?.[0]?.extensions };
}

beforeAll(async () => {
  const waits = await inFaultMode(world.current, "RESIDENCE", "ASKS_FOR_PAPERS", () =>
    opened("2026-11-09T09:00:00+07:00"),
  );
  await dossierThatIs(world.current, waits, ({ state }) => state === "AWAITING_CITIZEN");
  const ready = await opened("2026-11-09T09:10:00+07:00");
  await dossierThatIs(world.current, ready, ({ state }) => state === "COMPLETED");
  await marriage("2026-11-09T09:20:00+07:00");
  await marriage("2026-11-10T10:00:00+07:00");
  for (const _ of [1, 2, 3]) await world.current.ask(clerk, TAKE, { key: aKey() });
  await world.current.ask(clerk, CALL, { key: aKey() });
}, 60_000);

describe("the board of a desk", () => {
  it("the board counts the tickets and the dossiers of the day, for clerk and leader alike", async () => {
    for (const who of [clerk, leader]) {
      expect(await board(who)).toMatchObject({
        ...{ office: { code: "31471" }, ticketsWaiting: 2, ticketsCalled: 1 },
        ...{ receivedToday: { totalCount: 1 }, dueToday: { totalCount: 1 }, overdue: { totalCount: 1 } },
        ...{ awaitingSupplement: { totalCount: 1 }, readyForHandover: { totalCount: 1 } },
      });
    }
  });

  it("each count of the board is the length of the list by its filter, on this day and on a later one", async () => {
    for (const at of ["2026-11-10T11:00:00+07:00", "2026-11-12T08:00:00+07:00"]) {
      setClock(world.current, at);
      const found = await board();
      for (const name of COUNTS) {
        const { filter, totalCount, totalCountAtLeast } = found[name];
        const { data, errors } = await world.current.ask(clerk, contract("dossiers"), { filter, first: 200 });
        expect(errors, name).toBeUndefined();
        expect(data.dossiers.nodes.length, name).toBe(totalCount);
        expect(totalCountAtLeast, name).toBe(totalCount);
      }
    }
  });

  it("the board of another office does not exist, and a citizen has none", async () => {
    expect(await board(clerk, "31426")).toMatchObject({ error: { code: "NOT_FOUND" } });
    expect(await board({ persona: "citizen" })).toMatchObject({ error: { code: "FORBIDDEN" } });
  });
});

import { describe, expect, it } from "vitest";
import { personaClaims } from "../../gateway/demo/personas.ts";
import { dossierThatIs } from "../given.ts";
import { type DossierData, inFaultMode, isDone, partOf, problemsOf, shortBackoff } from "../kit/dossier-outcomes.ts";
import { aMoveRequest, aMoveWithShop, NEW_COMMUNE } from "../kit/moves.ts";
import { serial } from "../kit/serial-numbers.ts";
import { type Answer, clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const PERMANENT = "1.004222";
const TEMPORARY = "1.004194";
const FACILITY = "1.002759";
const BUSINESS = "2.000720";
/** Commune in which nobody of the seeds has a temporary residence. */
const STAYS = "00008";
const aKey = () => `move-${process.pid}-${serial("key")}`;

type MoveRequest = ReturnType<typeof aMoveRequest>;

/** Token of a citizen with the number of a person. */
const citizenWith = ({ personalId }: { personalId: string }): Persona => ({
  claims: { ...personaClaims("citizen"), sub: `citizen:${personalId}`, personalId },
});

const submit = (input: MoveRequest, idempotencyKey = aKey(), who: Persona = clerk): Promise<Answer> =>
  world.current.ask(who, contract("submit-move-bundle"), { input, idempotencyKey, waitMs: 0 });

async function submitted(input: MoveRequest): Promise<DossierData> {
  const { data, errors } = await submit(input);
  if (!data?.submitMoveBundle?.dossier) throw new Error(JSON.stringify(errors ?? data));
  return data.submitMoveBundle.dossier;
}

const CHECK = `query ($input: MoveBundleInput!) { checkMoveBundle(input: $input) {
  ready problems { code path agency { code } } procedures { procedure { code } dueAt } } }`;
async function checked(input: MoveRequest): Promise<DossierData> {
  const { data, errors } = await world.current.ask(clerk, CHECK, { input });
  expect(errors).toBeUndefined();
  return data.checkMoveBundle;
}
const told = async (input: MoveRequest) =>
  (await checked(input)).problems.map(({ code, path }: DossierData) => `${code} ${path.join(".")}`.trim());

/** Decides a part as an officer of its agency, of the new commune if the agency has offices there. */
async function decide(
  dossier: DossierData,
  procedure: string,
  persona: string,
  decision: object = { grant: { facts: {} } },
  commune = NEW_COMMUNE,
) {
  const variables = { part: partOf(dossier, procedure).id, decision, idempotencyKey: aKey() };
  const who = persona === "police" ? { persona, commune } : { persona };
  const { data, errors } = await world.current.ask(who, contract("decide-part"), variables);
  expect(errors).toBeUndefined();
  expect(data.decidePart.problems).toEqual([]);
}

const stateOf = (procedure: string, state: string) => (dossier: DossierData) =>
  partOf(dossier, procedure).state === state;
const statesOf = (dossier: DossierData, procedures: string[]) => procedures.map((each) => partOf(dossier, each).state);

/** The submitted dossier once the police have it. */
async function atThePolice(input: MoveRequest, procedure = PERMANENT): Promise<DossierData> {
  const { code } = await submitted(input);
  return dossierThatIs(world.current, code, stateOf(procedure, "PROCESSING"));
}

const CITIZEN = `query ($id: PersonalId!) { citizen(personalId: $id) {
  residency { relationToHead household { address { line commune { code } } } } temporaryResidences { address { line } }
  healthInsuranceCard { facility { code } } businesses { addressLine commune { code } } } }`;
const citizen = async ({ personalId }: { personalId: string }) =>
  (await world.current.ask(clerk, CITIZEN, { id: personalId })).data.citizen;

describe("a move", () => {
  it("a couple with a shop moves: the police of the new commune register it, then the card has another facility and the shop another seat", async () => {
    const input: MoveRequest = aMoveWithShop();
    const waiting = await atThePolice(input);
    expect(statesOf(waiting, [FACILITY, BUSINESS])).toEqual(["BLOCKED", "BLOCKED"]);
    const dependsOn = partOf(waiting, BUSINESS).dependsOn.map(({ id }: { id: string }) => id);
    expect(dependsOn).toEqual([partOf(waiting, PERMANENT).id]);
    const before = await citizen(input.person);
    await decide(waiting, PERMANENT, "police");
    const done = await dossierThatIs(world.current, waiting.code, isDone);
    expect(done).toMatchObject({
      outcome: "GRANTED",
      bundle: {
        code: PERMANENT,
        name: "Chuyển nơi ở: đăng ký thường trú, đổi nơi đăng ký khám chữa bệnh ban đầu, thay đổi địa chỉ hộ kinh doanh",
      },
    });
    const address = { line: "Số 9, đường Mẫu", commune: { code: NEW_COMMUNE } };
    const after = await citizen(input.person);
    expect(after).toMatchObject({
      residency: { relationToHead: "HEAD", household: { address } },
      healthInsuranceCard: { facility: { code: input.careFacility?.facility } },
      businesses: [{ addressLine: address.line, commune: address.commune }],
    });
    expect(after.healthInsuranceCard).not.toEqual(before.healthInsuranceCard);
    const [member] = input.members;
    expect(await citizen(member ?? input.person)).toMatchObject({
      residency: { relationToHead: member?.relationToHead, household: { address } },
    });
  });

  it.each<[string, () => MoveRequest, string[]]>([
    ["a permanent residence alone", () => ({ ...aMoveRequest(), careFacility: null }), [PERMANENT]],
    ["a temporary residence and the facility", () => staying(aMoveRequest()), [TEMPORARY, FACILITY]],
    [
      "the seat of the business alone",
      () => ({
        ...aMoveWithShop(),
        ...{ permanentResidence: null, careFacility: null, members: [] },
        business: { code: aMoveWithShop().business.code, address: { line: "Số 5, chợ mẫu", commune: NEW_COMMUNE } },
      }),
      [BUSINESS],
    ],
  ])("the applicant chooses: %s", async (_, request, procedures) => {
    const input = request();
    if (input.business) input.person = await ownerOf(input.business.code);
    const { ready, procedures: planned, problems } = await checked(input);
    expect({ ready, problems }).toEqual({ ready: true, problems: [] });
    expect(planned.map((each: DossierData) => each.procedure.code)).toEqual(procedures);
    expect(planned.every((each: DossierData) => each.dueAt !== null)).toBe(true);
    const { parts } = await submitted(input);
    expect(parts.map((each: DossierData) => each.procedure.code)).toEqual(procedures);
  });

  it("the police of the receiving commune do not see the part of another commune, whose officers do", async () => {
    const { code, parts } = await atThePolice(aMoveRequest());
    const list = async (commune: string) => {
      const filter = { filter: { states: ["PROCESSING"], procedure: PERMANENT }, first: 100, after: null };
      const { data } = await world.current.ask({ persona: "police", commune }, contract("work-list"), filter);
      return data.workList.nodes.map(({ part }: DossierData) => part.id);
    };
    expect(await list(NEW_COMMUNE)).toContain(parts[0].id);
    expect([code, (await list("31471")).includes(parts[0].id)]).toEqual([code, false]);
  });

  it("a temporary residence is entered for all who move", async () => {
    const input = staying(aMoveRequest());
    const waiting = await atThePolice(input, TEMPORARY);
    await decide(waiting, TEMPORARY, "police", undefined, STAYS);
    expect(await dossierThatIs(world.current, waiting.code, isDone)).toMatchObject({ outcome: "GRANTED" });
    for (const person of [input.person, ...input.members])
      expect((await citizen(person)).temporaryResidences).toContainEqual({ address: { line: "Số 9, đường Mẫu" } });
  });

  it("a refused residence leaves card and shop as they are", async () => {
    const input: MoveRequest = aMoveWithShop();
    const waiting = await atThePolice(input);
    const before = await citizen(input.person);
    const refuse = { reason: "Chỗ ở không hợp pháp", legalBasis: "Luật Cư trú số 68/2020/QH14, Điều 20" };
    await decide(waiting, PERMANENT, "police", { refuse });
    const ended = await dossierThatIs(world.current, waiting.code, isDone);
    expect(ended.outcome).toBe("REFUSED");
    expect(statesOf(ended, [FACILITY, BUSINESS])).toEqual(["NOT_APPLICABLE", "NOT_APPLICABLE"]);
    expect(await citizen(input.person)).toEqual(before);
  });

  it("while the business agency is down residence and card are changed, and the shop follows once it is back", async () => {
    const input: MoveRequest = aMoveWithShop();
    const waiting = await atThePolice(input);
    await inFaultMode(world.current, "BUSINESS", "DOWN", async () => {
      await decide(waiting, PERMANENT, "police");
      const stuck = await dossierThatIs(world.current, waiting.code, stateOf(FACILITY, "GRANTED"));
      expect(stuck.outcome).toBeNull();
    });
    expect(await dossierThatIs(world.current, waiting.code, isDone)).toMatchObject({ outcome: "GRANTED" });
    expect((await citizen(input.person)).businesses).toMatchObject([{ commune: { code: NEW_COMMUNE } }]);
  });

  it("a shop with licences moves only after an officer of the business agency has looked", async () => {
    const waiting = await atThePolice(aMoveWithShop(true));
    await decide(waiting, PERMANENT, "police");
    const doubtful = await dossierThatIs(world.current, waiting.code, stateOf(BUSINESS, "PROCESSING"));
    await decide(doubtful, BUSINESS, "business-officer");
    await dossierThatIs(world.current, waiting.code, stateOf(BUSINESS, "GRANTED"));
  });
});

/** The same request for a temporary residence. */
function staying(input: MoveRequest): MoveRequest {
  const { address, dwelling } = input.permanentResidence ?? { address: { line: "", commune: "" }, dwelling: "RENTED" };
  const elsewhere = { ...address, commune: STAYS };
  return {
    ...input,
    permanentResidence: null,
    temporaryResidence: { address: elsewhere, dwelling, until: "2028-11-23" },
  };
}

/** Owner of a household business, whose number its code is. */
async function ownerOf(code: string): Promise<MoveRequest["person"]> {
  const { data } = await world.current.ask(
    clerk,
    "query ($id: PersonalId!) { citizen(personalId: $id) { fullName } }",
    {
      id: code,
    },
  );
  return { personalId: code, fullName: data.citizen.fullName };
}

describe("the same move again", () => {
  it("one key gives one dossier, also if the request is sent twice at once; with another body it is a conflict", async () => {
    const [input, key] = [aMoveRequest(), aKey()];
    const both = await Promise.all([submit(input, key), submit(input, key)]);
    const codes = both.map(({ data }) => data.submitMoveBundle.dossier?.code);
    expect(codes[0]).toBeDefined();
    expect(codes[1]).toBe(codes[0]);
    expect(problemsOf(await submit({ ...input, careFacility: null }, key))[0]?.code).toBe("IDEMPOTENCY_CONFLICT");
  });

  it("a person with an open dossier of a move has no second one, also as a member; who has moved may move again", async () => {
    const input = { ...aMoveRequest(), careFacility: null };
    const waiting = await atThePolice(input);
    const [member] = input.members;
    const { fullName, personalId } = member ?? input.person;
    const own = { ...input, person: { fullName, personalId }, members: [] };
    const [problem] = problemsOf(await submit(own)).filter(({ code }) => code === "PERSON_ALREADY_MOVING");
    expect(problem).toMatchObject({ path: ["person"], names: waiting.code });
    await decide(waiting, PERMANENT, "police");
    await dossierThatIs(world.current, waiting.code, isDone);
    const home = { ...input.permanentResidence, address: { line: "Số 11, đường Mẫu", commune: "31471" } };
    const again = { ...input, permanentResidence: home as MoveRequest["permanentResidence"] };
    expect((await submitted(again)).parts).toHaveLength(1);
  });
});

describe("a request with mistakes", () => {
  it("the problems of all agencies come at once, each at its place in the input, and nothing is accepted", async () => {
    const input: MoveRequest = aMoveRequest();
    input.person.fullName = "Lê Thị Khác";
    Object.assign(input.permanentResidence ?? {}, { hasConsent: false });
    input.careFacility = { facility: "00000" };
    input.business = { code: input.person.personalId, address: null };
    const { data } = await submit(input);
    expect(data.submitMoveBundle.dossier).toBeNull();
    expect(problemsOf({ data } as Answer).map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual(
      expect.arrayContaining([
        "PERSON_NAME_MISMATCH person.fullName",
        "CONSENT_MISSING permanentResidence.hasConsent",
        "FACILITY_UNKNOWN careFacility.facility",
        "BUSINESS_UNKNOWN business.code",
      ]),
    );
  });

  it.each<[string, (input: MoveRequest) => void]>([
    [
      "NOTHING_TO_COMBINE",
      (input) => Object.assign(input, { permanentResidence: null, careFacility: null, members: [] }),
    ],
    ["MEMBERS_WITHOUT_RESIDENCE members", (input) => Object.assign(input, { permanentResidence: null })],
    [
      "RESIDENCE_TWICE temporaryResidence",
      (input) => Object.assign(input, { temporaryResidence: staying(input).temporaryResidence }),
    ],
    [
      "RELATION_TO_HEAD_MISSING members.0.relationToHead",
      ({ members }) => Object.assign(members[0] ?? {}, { relationToHead: null }),
    ],
    [
      "RELATION_TO_HEAD_MISSING permanentResidence.relationToHead",
      ({ permanentResidence, members }) =>
        Object.assign(permanentResidence ?? {}, { headPersonalId: members[0]?.personalId }),
    ],
    [
      "HEAD_NAME_MISSING permanentResidence.headName",
      ({ permanentResidence, members }) =>
        Object.assign(permanentResidence ?? {}, { headPersonalId: members[0]?.personalId }),
    ],
    [
      "BUSINESS_ADDRESS_MISSING business.address",
      (input) =>
        Object.assign(input, { permanentResidence: null, members: [], business: { code: input.person.personalId } }),
    ],
    ["FACILITY_MALFORMED careFacility.facility", (input) => Object.assign(input, { careFacility: { facility: "1" } })],
    [
      "FACILITY_CHANGE_NOT_YET careFacility",
      (input) => Object.assign(input, { permanentResidence: null, members: [] }),
    ],
    [
      "COMMUNE_UNKNOWN permanentResidence.address.commune",
      ({ permanentResidence }) => Object.assign(permanentResidence?.address ?? {}, { commune: "99999" }),
    ],
    [
      "TERM_TOO_LONG temporaryResidence.until",
      (input) => {
        const { temporaryResidence } = staying(input);
        Object.assign(input, {
          permanentResidence: null,
          temporaryResidence: { ...temporaryResidence, until: "2028-11-24" },
        });
      },
    ],
    ["NEW_HEAD_NEEDED permanentResidence.newHeads", (input) => Object.assign(input, { members: [] })],
    [
      "MEMBER_NAMED_TWICE members.1.personalId",
      (input) => Object.assign(input, { members: [...input.members, ...input.members] }),
    ],
  ])("the problem %s is told at its place", async (problem, spoil) => {
    const input = aMoveRequest();
    spoil(input);
    expect(await told(input)).toContain(problem);
  });

  it("a shop that stays where it is has nothing to change", async () => {
    const input: MoveRequest = aMoveWithShop();
    const { data } = await world.current.ask(clerk, CITIZEN, { id: input.person.personalId });
    const [{ addressLine: line, commune }] = data.citizen.businesses;
    input.business = { code: input.person.personalId, address: { line, commune: commune.code } };
    expect(await told(input)).toEqual(["NOTHING_CHANGES business.address"]);
  });

  it("a citizen moves with members of the own household alone, and a stranger's dossier stays possible", async () => {
    const input = aMoveRequest();
    const stranger = aMoveRequest().person;
    const named = { ...input, channel: "ONLINE", careFacility: null };
    named.members = [...input.members, { ...stranger, relationToHead: "OTHER" }];
    const found = problemsOf(await submit(named, aKey(), citizenWith(input.person)));
    expect(found.map(({ code, path }) => `${code} ${path.join(".")}`)).toContain(
      "MEMBER_OF_OTHER_HOUSEHOLD members.1.personalId",
    );
    const stay = await submit(staying(named), aKey(), citizenWith(input.person));
    expect(problemsOf(stay).map(({ code }) => code)).toEqual(["MEMBER_OF_OTHER_HOUSEHOLD"]);
    const { data } = await submit({ ...named, members: input.members }, aKey(), citizenWith(input.person));
    expect(data.submitMoveBundle).toMatchObject({ problems: [], dossier: { state: expect.any(String) } });
  });

  it("a dossier has at most fifty new heads, with fifty relations each", async () => {
    const input = aMoveRequest();
    const { personalId } = input.person;
    const relations = Array.from({ length: 51 }, () => ({ personalId, relationToHead: "OTHER" }));
    Object.assign(input.permanentResidence ?? {}, {
      newHeads: Array.from({ length: 51 }, () => ({ personalId, relations })).map((head, index) =>
        index === 0 ? head : { personalId },
      ),
    });
    const found = await told(input);
    for (const path of ["newHeads", "newHeads.0.relations"])
      expect(found).toContain(`TOO_MANY_ENTRIES permanentResidence.${path}`);
  });

  it("a citizen submits the own move alone, and a portal none", async () => {
    const problems = problemsOf(await submit(aMoveRequest(), aKey(), { persona: "citizen" }));
    expect(problems.filter(({ code }) => code === "SUBMITTER_NOT_NAMED").map(({ path }) => path.join("."))).toEqual([
      ...["declarant.personalId", "person.personalId"],
    ]);
    const { errors } = await submit(aMoveRequest(), aKey(), { persona: "portal" });
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});

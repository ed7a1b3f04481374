import { randomUUID } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { addDays } from "../../subgraphs/_shared/reference/days.ts";
import { definition } from "../../subgraphs/health-insurance/subgraph.ts";
import { serial } from "../kit/serial-numbers.ts";
import { cardOfficer, TODAY } from "./card-acts.ts";
import { a, type ServedAgency, serveAgency } from "./served-agency.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act, done, problems, card } = cardOfficer(() => agency);
const CORRECT = "correctHealthInsuranceHolder";
const GROUND = "Trích lục cải chính mẫu số 1";

/** Next unused seeded mother of the default commune, who has a card. */
function holder() {
  const mother = families()[100 + serial("holder")]?.mother;
  if (!mother) throw new Error("The seeded families are used up");
  return mother;
}
const aCorrection = (personalId = holder().personalId as string, more: object = {}) => ({
  ...{ personalId, fullName: "Lê Thị Mẫu Khác", ground: GROUND },
  ...more,
});
const versionsOf = (personalId: string) => agency.sql`
  select version, holder_name as name, holder_date_of_birth as born, card_valid_from::text as "from", card_valid_to::text as "to",
         act_id as act
    from card_versions join cards on id = card_id where personal_id = ${personalId} order by version`;

/** A card of a child as a dossier of a birth issues it. */
async function aChildsCard(dateOfBirth: string): Promise<string> {
  const personalId = `0932269${String(serial("child")).padStart(5, "0")}`;
  const part = {
    ...{
      id: uuidv7(),
      procedure: "1.014137",
      dossier: `H13.152-261123-8${serial("child's dossier")}`,
      office: "31471",
    },
    receivedAt: new Date(),
    content: {
      child: { personalId, fullName: "Trần Minh Mẫu", dateOfBirth },
      ...{ mother: null, father: null, insurance: { facility: "93012" } },
    },
  };
  const DELIVER = "mutation ($part: PartInput!) { deliverPart(part: $part) { state } }";
  const { data } = await agency.ask(a("service", { subject: "service:one-stop" }), DELIVER, { part });
  expect(data.deliverPart.state).toBe("GRANTED");
  return personalId;
}

describe("a correction of the holder on a card", () => {
  test("every term has the correct name from that day on, and the version of before is kept", async () => {
    const mother = holder();
    const before = await card(mother.personalId, "id number validFrom validTo");
    const made = await done(CORRECT, aCorrection(mother.personalId, { dateOfBirth: "1970-01-02" }));
    expect(made).toMatchObject({
      ...{ kind: "HOLDER_CORRECTION", effectiveOn: TODAY, recordedBy: "test:insurer", ground: GROUND },
      cards: [{ id: before.id }],
    });
    expect(await card(mother.personalId, "id number validFrom validTo")).toEqual(before);
    expect(await versionsOf(mother.personalId)).toMatchObject([
      { name: mother.fullName, born: mother.dateOfBirth, act: null },
      { name: "Lê Thị Mẫu Khác", born: "1970-01-02", act: made.id },
    ]);
    const records = await agency.sql`
      select fields from access_log where action = 'CHANGE' and ${mother.personalId} = any(citizens)`;
    expect([...records]).toEqual([{ fields: ["card_versions.*"] }]);
  });

  test("a fact that is left out stays", async () => {
    const mother = holder();
    await done(CORRECT, { personalId: mother.personalId, dateOfBirth: "1971", ground: GROUND });
    expect((await versionsOf(mother.personalId)).at(-1)).toMatchObject({ name: mother.fullName, born: "1971" });
  });

  test("the card of a child ends by the correct age", async () => {
    const personalId = await aChildsCard("2026-09-30");
    await done(CORRECT, { personalId, dateOfBirth: "2025-10-01", ground: GROUND });
    expect(await versionsOf(personalId)).toMatchObject([
      { from: "2026-09-30", to: "2032-09-30" },
      { from: "2026-09-30", to: "2031-10-31" },
    ]);
  });

  test("all problems of a correction are told at once, and nothing changes", async () => {
    const wrong = { fullName: "123", dateOfBirth: addDays(TODAY, 1), ground: "" };
    expect(await problems(CORRECT, aCorrection("093195999999", wrong))).toEqual([
      ...["TEXT_EMPTY ground", "PARTICIPANT_UNKNOWN personalId"],
      ...[expect.stringMatching(/ fullName$/), "DATE_IN_FUTURE dateOfBirth"],
    ]);
    expect(await problems(CORRECT, aCorrection("1"))).toEqual(["PERSONAL_ID_MALFORMED personalId"]);
    const { personalId, fullName, dateOfBirth } = holder();
    expect(await problems(CORRECT, aCorrection(personalId, { fullName, dateOfBirth }))).toEqual(["HOLDER_UNCHANGED "]);
    const end = { personalId, lastDay: TODAY, reason: "DEATH", ground: GROUND };
    await done("endHealthInsurance", end);
    expect(await problems(CORRECT, aCorrection(personalId))).toEqual(["CARD_CLOSED personalId"]);
    expect((await versionsOf(personalId)).map(({ name }) => name)).toEqual([fullName, fullName]);
  });

  test("one key acts once, and of two equal corrections at once one is refused", async () => {
    const [key, input] = [randomUUID(), aCorrection()];
    const answers = await Promise.all([1, 2].map(() => act(CORRECT, input, key)));
    expect(new Set(answers.map((answer) => answer.act?.id)).size).toBe(1);
    expect(await problems(CORRECT, { ...input, fullName: "Trần Mẫu" }, key)).toEqual([
      "IDEMPOTENCY_CONFLICT idempotencyKey",
    ]);
    const other = aCorrection();
    const both = await Promise.all([act(CORRECT, other), act(CORRECT, other)]);
    expect(both.flatMap((answer) => answer.problems.map(({ code }) => code))).toEqual(["HOLDER_UNCHANGED"]);
    expect(await versionsOf(other.personalId)).toHaveLength(2);
  });

  test.each(["clerk", "citizen", "portal", "registrar"] as const)("a %s may not correct a card", async (role) => {
    const other = cardOfficer(
      () => agency,
      () => a(role, { office: "31471", province: "92", personalId: families()[0]?.mother.personalId }),
    );
    await expect(other.act(CORRECT, aCorrection())).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

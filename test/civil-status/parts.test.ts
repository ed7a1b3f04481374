import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aBirth, aNotice, aPart, openRegistry, type Registry } from "./civil-status-database.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

describe("delivering a birth", () => {
  test("delivering a birth registers it once and returns the child's id, the number and the day in Viet Nam", async () => {
    const part = aPart(aBirth());
    const answer = await registry.deliver(part);
    expect(answer).toMatchObject({ state: "GRANTED", result: { type: "BirthRegistration" } });
    expect(answer.facts).toEqual({
      citizenId: expect.stringMatching(/^[0-9a-f-]{14}7/),
      number: expect.stringMatching(/^\d+\/2026$/),
      registeredOn: "2026-11-24",
    });
    const [birth] = await registry.sql`select * from births where part_id = ${part.id}`;
    expect(birth).toMatchObject({ dossier: part.dossier, office: "31471", office_province: "92", birth_order: 1 });
  });

  test("ten concurrent deliveries of one birth part register it once and return the same response", async () => {
    const part = aPart(aBirth());
    const answers = await Promise.all(Array.from({ length: 10 }, () => registry.deliver(part)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.state).toBe("GRANTED");
    expect(await registry.sql`select 1 from births where part_id = ${part.id}`).toHaveLength(1);
  });

  test("a birth part cancelled before its delivery is refused and registers nothing", async () => {
    const part = aPart(aBirth());
    await registry.cancel(part.id);
    const before = await registry.count("births");
    expect(await registry.deliver(part)).toMatchObject({ state: "CANCELLED", result: null });
    expect(await registry.count("births")).toBe(before);
  });

  test("cancelling a birth part after its registration leaves the birth registered", async () => {
    const part = aPart(aBirth());
    const granted = await registry.deliver(part);
    expect(await registry.cancel(part.id)).toEqual(granted);
  });

  test("a child already registered by another desk is refused, and the first dossier's code stays out of the texts", async () => {
    const birth = aBirth();
    const first = aPart(birth);
    await registry.deliver(first);
    const second = await registry.deliver(aPart(birth, { office: "00070" }));
    expect(second).toMatchObject({ state: "REFUSED", result: null });
    expect(second.refusal).toMatchObject({ code: "CHILD_ALREADY_REGISTERED", existingDossier: first.dossier });
    expect(second.refusal?.legalBasis).toContain("60/2014/QH13");
    expect(`${second.refusal?.message} ${second.refusal?.messageEn}`).not.toContain(first.dossier);
  });

  test("two desks that deliver the same child at once register one birth", async () => {
    const birth = aBirth();
    const answers = await Promise.all([aPart(birth), aPart(birth), aPart(birth)].map(registry.deliver));
    expect(answers.map((answer) => answer.state).sort()).toEqual(["GRANTED", "REFUSED", "REFUSED"]);
    const rows = await registry.sql`select 1 from births where birth_notice = ${birth.child.birthNotice}`;
    expect(rows).toHaveLength(1);
  });

  test("registering a birth records the change in the same transaction, with the dossier as its purpose", async () => {
    const part = aPart(aBirth());
    const { facts } = await registry.deliver(part);
    const records = await registry.sql`select * from access_log where purpose = ${part.dossier}`;
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ action: "CHANGE", subject: "service:one-stop" });
    expect(records[0]?.citizens).toContain(facts?.citizenId);
  });

  test("a birth that an officer must examine stays in process with the reasons", async () => {
    const withoutNotice = { kind: "WITNESS", text: "Sinh tại nhà, có người làm chứng." };
    const child = { birthNotice: null, withoutNotice, dateOfBirth: "2026-09-01" };
    const mother = { personalId: null, fullName: "Trần Thị Khác" };
    const father = { personalId: null, fullName: "Lê Văn Khác" };
    const part = aPart(aBirth({ child, mother, father }));
    expect(await registry.deliver(part)).toMatchObject({ state: "PROCESSING", decidedAt: null });
    const [row] = await registry.sql`select verify from received_parts where part_id = ${part.id}`;
    expect(row?.verify).toEqual([
      "WITHOUT_BIRTH_NOTICE",
      "MOTHER_WITHOUT_PERSONAL_NUMBER",
      "FATHER_WITHOUT_PERSONAL_NUMBER",
      "REGISTERED_LATE",
    ]);
  });

  test("a birth is on time on the sixtieth day and late on the next, by the day of receipt in Viet Nam", async () => {
    const handling = async (dateOfBirth: string) =>
      (await registry.check(aPart(aBirth({ child: { dateOfBirth } })))).handling;
    expect(await handling("2026-09-25")).toBe("AUTOMATIC");
    expect(await handling("2026-09-24")).toBe("OFFICER");
  });

  test("a delivered birth gets names in NFC, and content of another shape is refused", async () => {
    const part = aPart(aBirth({ child: { fullName: "Phạm  Minh Khôi".normalize("NFD") } }));
    await registry.deliver(part);
    const [version] = await registry.sql`select v.* from birth_versions v join births b on b.id = v.birth_id
      where b.part_id = ${part.id}`;
    expect(version?.full_name).toBe("Phạm Minh Khôi".normalize("NFC"));
    await expect(registry.deliver(aPart({ child: "none" }))).rejects.toThrow("does not fit procedure 1.001193");
  });
});

describe("the notice of a personal number", () => {
  test("the notice of a personal number becomes a new version of the birth and keeps the day of registration", async () => {
    const birth = await registry.deliver(aPart(aBirth()));
    const notice = aNotice(birth.facts?.citizenId, "092226900001");
    expect(await registry.deliver(notice)).toMatchObject({ state: "GRANTED", result: null, facts: {} });
    const versions = await registry.sql`select version, personal_id, ground from birth_versions
      where birth_id = ${birth.result?.id ?? ""} order by version`;
    expect(versions.map((v) => [v.version, v.personal_id])).toEqual([
      [1, null],
      [2, "092226900001"],
    ]);
    expect(versions[1]?.ground).toBe(notice.dossier);
  });

  test("a repeated notice of a personal number changes nothing, even when it arrives at the same moment", async () => {
    const { facts } = await registry.deliver(aPart(aBirth()));
    const told = () => registry.deliver(aNotice(facts?.citizenId, "092226900002"));
    const answers = await Promise.all([told(), told(), told()]);
    expect(answers.map((answer) => answer.state)).toEqual(["GRANTED", "GRANTED", "GRANTED"]);
    expect(await registry.sql`select 1 from birth_versions where personal_id = '092226900002'`).toHaveLength(1);
  });

  test("a notice of a personal number is refused for an unregistered citizen, a second number and another child's number", async () => {
    const one = (await registry.deliver(aPart(aBirth()))).facts?.citizenId;
    const other = (await registry.deliver(aPart(aBirth()))).facts?.citizenId;
    await registry.deliver(aNotice(one, "092226900003"));
    const code = async (citizenId: string | undefined, number: string) =>
      (await registry.deliver(aNotice(citizenId, number))).refusal?.code;
    expect(await code("01934567-89ab-7def-8000-000000000000", "092226900004")).toBe("CITIZEN_UNKNOWN");
    expect(await code(one, "092226900005")).toBe("PERSONAL_ID_CONFLICT");
    expect(await code(other, "092226900003")).toBe("PERSONAL_ID_CONFLICT");
  });

  test("a personal number notified for two children at the same moment is given to one of them", async () => {
    const births = await Promise.all([registry.deliver(aPart(aBirth())), registry.deliver(aPart(aBirth()))]);
    const answers = await Promise.all(
      births.map(({ facts }) => registry.deliver(aNotice(facts?.citizenId, "092226900006"))),
    );
    expect(answers.map((answer) => answer.state).sort()).toEqual(["GRANTED", "REFUSED"]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aBirth, aNotice, aPart, openRegistry, type Registry } from "./civil-status-database.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

describe("delivering a birth", () => {
  test("registers it once and answers with the child's id, the number and the day in Viet Nam", async () => {
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

  test("grants ten concurrent deliveries of one part once, all with the same answer", async () => {
    const part = aPart(aBirth());
    const answers = await Promise.all(Array.from({ length: 10 }, () => registry.deliver(part)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.state).toBe("GRANTED");
    expect(await registry.sql`select 1 from births where part_id = ${part.id}`).toHaveLength(1);
  });

  test("finds a part that was cancelled before it came and registers nothing", async () => {
    const part = aPart(aBirth());
    await registry.cancel(part.id);
    const before = await registry.count("births");
    expect(await registry.deliver(part)).toMatchObject({ state: "CANCELLED", result: null });
    expect(await registry.count("births")).toBe(before);
  });

  test("leaves a registered birth as it is when its part is cancelled too late", async () => {
    const part = aPart(aBirth());
    const granted = await registry.deliver(part);
    expect(await registry.cancel(part.id)).toEqual(granted);
  });

  test("refuses the same child from another desk, names the first dossier and keeps its code out of the texts", async () => {
    const birth = aBirth();
    const first = aPart(birth);
    await registry.deliver(first);
    const second = await registry.deliver(aPart(birth, { office: "00070" }));
    expect(second).toMatchObject({ state: "REFUSED", result: null });
    expect(second.refusal).toMatchObject({ code: "CHILD_ALREADY_REGISTERED", existingDossier: first.dossier });
    expect(second.refusal?.legalBasis).toContain("60/2014/QH13");
    expect(`${second.refusal?.message} ${second.refusal?.messageEn}`).not.toContain(first.dossier);
  });

  test("registers one birth when two desks send the same child at the same moment", async () => {
    const birth = aBirth();
    const answers = await Promise.all([aPart(birth), aPart(birth), aPart(birth)].map(registry.deliver));
    expect(answers.map((answer) => answer.state).sort()).toEqual(["GRANTED", "REFUSED", "REFUSED"]);
    const rows = await registry.sql`select 1 from births where birth_notice = ${birth.child.birthNotice}`;
    expect(rows).toHaveLength(1);
  });

  test("leaves a record of the change in the transaction that made it, with the dossier as its purpose", async () => {
    const part = aPart(aBirth());
    const { facts } = await registry.deliver(part);
    const records = await registry.sql`select * from access_log where purpose = ${part.dossier}`;
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ action: "CHANGE", subject: "service:one-stop" });
    expect(records[0]?.citizens).toContain(facts?.citizenId);
  });

  test("leaves a birth that a person must look at in process, with the reasons", async () => {
    const withoutNotice = { kind: "WITNESS", text: "Sinh tại nhà, có người làm chứng." };
    const child = { birthNotice: null, withoutNotice, dateOfBirth: "2026-09-01" };
    const part = aPart(aBirth({ child, mother: { personalId: null }, father: { personalId: null } }));
    expect(await registry.deliver(part)).toMatchObject({ state: "PROCESSING", decidedAt: null });
    const [row] = await registry.sql`select verify from received_parts where part_id = ${part.id}`;
    expect(row?.verify).toEqual([
      "WITHOUT_BIRTH_NOTICE",
      "MOTHER_WITHOUT_PERSONAL_NUMBER",
      "FATHER_WITHOUT_PERSONAL_NUMBER",
      "REGISTERED_LATE",
    ]);
  });

  test("is on time on the sixtieth day and late on the next, by the day of receipt in Viet Nam", async () => {
    const handling = async (dateOfBirth: string) =>
      (await registry.check(aPart(aBirth({ child: { dateOfBirth } })))).handling;
    expect(await handling("2026-09-25")).toBe("AUTOMATIC");
    expect(await handling("2026-09-24")).toBe("OFFICER");
  });

  test("normalises names to NFC and refuses content of another shape", async () => {
    const part = aPart(aBirth({ child: { fullName: "Phạm  Minh Khôi".normalize("NFD") } }));
    await registry.deliver(part);
    const [version] = await registry.sql`select v.* from birth_versions v join births b on b.id = v.birth_id
      where b.part_id = ${part.id}`;
    expect(version?.full_name).toBe("Phạm Minh Khôi".normalize("NFC"));
    await expect(registry.deliver(aPart({ child: "none" }))).rejects.toThrow("does not fit procedure 1.001193");
  });
});

describe("the notice of a personal number", () => {
  test("becomes a new version of the birth; the day of registration stays", async () => {
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

  test("changes nothing when it is repeated by another part, also at the same moment", async () => {
    const { facts } = await registry.deliver(aPart(aBirth()));
    const told = () => registry.deliver(aNotice(facts?.citizenId, "092226900002"));
    const answers = await Promise.all([told(), told(), told()]);
    expect(answers.map((answer) => answer.state)).toEqual(["GRANTED", "GRANTED", "GRANTED"]);
    expect(await registry.sql`select 1 from birth_versions where personal_id = '092226900002'`).toHaveLength(1);
  });

  test("is refused for a citizen without a birth here, for a second number and for another child's number", async () => {
    const one = (await registry.deliver(aPart(aBirth()))).facts?.citizenId;
    const other = (await registry.deliver(aPart(aBirth()))).facts?.citizenId;
    await registry.deliver(aNotice(one, "092226900003"));
    const code = async (citizenId: string | undefined, number: string) =>
      (await registry.deliver(aNotice(citizenId, number))).refusal?.code;
    expect(await code("01934567-89ab-7def-8000-000000000000", "092226900004")).toBe("CITIZEN_UNKNOWN");
    expect(await code(one, "092226900005")).toBe("PERSONAL_ID_CONFLICT");
    expect(await code(other, "092226900003")).toBe("PERSONAL_ID_CONFLICT");
  });

  test("gives a number that two children are told at the same moment to one of them", async () => {
    const births = await Promise.all([registry.deliver(aPart(aBirth())), registry.deliver(aPart(aBirth()))]);
    const answers = await Promise.all(
      births.map(({ facts }) => registry.deliver(aNotice(facts?.citizenId, "092226900006"))),
    );
    expect(answers.map((answer) => answer.state).sort()).toEqual(["GRANTED", "REFUSED"]);
  });
});

import { expect, it } from "vitest";
import { bearer } from "../../kit/ask-agency.ts";
import type { DossierData } from "../../kit/dossier-outcomes.ts";
import { clerk, contract, type Persona } from "../../world.ts";
import { aKey, portalWorld, rowOf } from "./portal-world.ts";

const MARRIAGE = "1.000894";
const DEATH = "1.000656";
const given = portalWorld();
const administrator = bearer("administrator");

const LIST = `query ($first: Int!, $after: String) { stoppedPortalDeliveries(first: $first, after: $after) {
  nodes { id dossierCode reason since words remedy remedyEn dossier { code } } waiting unanswered
  pageInfo { hasNextPage endCursor } } }`;
const RETRY = `mutation ($dossier: ID!, $reason: String!, $key: String!) {
  retryPortalDelivery(dossier: $dossier, reason: $reason, idempotencyKey: $key) { dossierCode problems { code path } } }`;

async function list(who: Persona = clerk, first = 200, after: string | null = null): Promise<DossierData> {
  const { data, errors } = await given.world.ask(who, LIST, { first, after });
  return data?.stoppedPortalDeliveries ?? { errors };
}
async function stopped(code: string): Promise<DossierData> {
  await expect.poll(async () => (await rowOf(given.world, code))?.problem, { timeout: 20_000 }).toBeTruthy();
  return (await list()).nodes.find(({ dossierCode }: DossierData) => dossierCode === code);
}
async function retry(dossier: string, reason = "Đã xử lý với đơn vị vận hành", key = aKey(), who: Persona = clerk) {
  const { data, errors } = await given.world.ask(who, RETRY, { dossier, reason, key });
  return data?.retryPortalDelivery ?? { errors: errors?.map(({ extensions }) => extensions.code) };
}
async function granted(part: string): Promise<void> {
  const variables = { part, decision: { grant: { facts: {} } }, idempotencyKey: aKey() };
  const { data } = await given.world.ask({ persona: "registrar" }, contract("decide-part"), variables);
  expect(data.decidePart.problems).toEqual([]);
}

it("a dossier that the portal refuses twice stops with the portal's own words, delays no other one, and goes on after a retry", async () => {
  given.portal.faults.set("REFUSES", 4);
  const refused = await given.submitted(MARRIAGE);
  const found = await stopped(refused.code);
  expect(found).toMatchObject({
    ...{
      reason: "REFUSED",
      words: "99 Hệ thống Cổng từ chối xử lý, đề nghị liên hệ hỗ trợ",
      dossier: { code: refused.code },
    },
    ...{ remedy: expect.stringContaining("gửi lại"), remedyEn: expect.stringContaining("retry") },
  });
  const other = await given.submitted(MARRIAGE);
  await given.delivered(other.code);
  await granted(refused.parts[0].id); // a change does not begin a stopped delivery
  expect(given.portal.register.find(refused.code)).toBeUndefined();
  const key = aKey();
  expect(await retry(refused.code, "Cổng đã khắc phục", key)).toEqual({ dossierCode: refused.code, problems: [] });
  await given.delivered(refused.code);
  expect(await retry(refused.code, "Cổng đã khắc phục", key)).toEqual({ dossierCode: refused.code, problems: [] });
  const conflict = { dossierCode: null, problems: [{ code: "IDEMPOTENCY_CONFLICT", path: ["idempotencyKey"] }] };
  expect(await retry(refused.code, "Lý do khác", key)).toEqual(conflict);
  const acts = await given.world.sql("one-stop")`select details from acts where kind = 'RETRY_DELIVERY'`;
  expect(acts).toMatchObject([{ details: { code: refused.code, reason: "Cổng đã khắc phục" } }]);
});

it("a retry is refused for a delivery that has not stopped, without a reason, and for what the caller may not see", async () => {
  const { code } = await given.submitted(MARRIAGE);
  await given.delivered(code);
  expect((await retry(code)).problems).toEqual([{ code: "DELIVERY_NOT_STOPPED", path: ["dossier"] }]);
  for (const reason of [" ", "x".repeat(301)])
    expect((await retry(code, reason)).problems).toEqual([{ code: "RETRY_REASON_MISSING", path: ["reason"] }]);
  expect(await retry("H13.1-261123-9999")).toEqual({ errors: ["NOT_FOUND"] });
  const elsewhere = { persona: "clerk", commune: "00004" };
  expect(await retry(code, "x", aKey(), elsewhere)).toEqual({ errors: ["NOT_FOUND"] });
});

it("of two persons who retry one delivery at once one does; the same request sent twice at once is one retry", async () => {
  given.portal.faults.set("REFUSES", 4);
  const { code } = await given.submitted(MARRIAGE);
  await stopped(code);
  const key = aKey();
  const same = await Promise.all([1, 2].map(() => retry(code, "Gửi lại", key)));
  expect(same).toEqual([1, 2].map(() => ({ dossierCode: code, problems: [] })));
  await given.delivered(code);
  given.portal.faults.set("REFUSES", 4);
  const other = await given.submitted(MARRIAGE);
  await stopped(other.code);
  const both = await Promise.all(["Một", "Hai"].map((reason) => retry(other.code, reason)));
  expect(both.flatMap(({ problems }) => problems)).toEqual([{ code: "DELIVERY_NOT_STOPPED", path: ["dossier"] }]);
  await given.delivered(other.code);
});

it("only who may review deliveries sees or retries them", async () => {
  for (const who of [
    { persona: "citizen" },
    { persona: "registrar" },
    { persona: "portal" },
    bearer("clerk", { office: "31471" }, ["dossier:read"]),
  ]) {
    expect((await list(who)).errors?.[0].extensions.code).toBe("FORBIDDEN");
    expect(await retry("H13.1-261123-0001", "x", aKey(), who)).toEqual({ errors: ["FORBIDDEN"] });
  }
});

it("a code that the mappings lack stops the dossier before anything is sent, and an administrator sees it in pages", async () => {
  const sql = given.world.sql("one-stop");
  const { code } = await given.submitted(DEATH);
  await given.delivered(code);
  await sql`update dossiers set procedure_code = '9.999999' where code = ${code}`;
  const before = given.portal.received.length;
  await sql`update portal_deliveries set next_attempt_at = now() from dossiers d where d.id = dossier_id and d.code = ${code}`;
  expect(await stopped(code)).toMatchObject({ reason: "MAPPING_MISSING", words: "procedures.9.999999" });
  expect(given.portal.received.slice(before).map(({ service }) => service)).toEqual(["TraCuuHoSo"]);
  const page = await list(administrator, 1);
  expect(page.nodes).toHaveLength(1);
  expect(await list(administrator, 1, page.pageInfo.endCursor)).toMatchObject({ waiting: 0, unanswered: null });
  await sql`update dossiers set procedure_code = ${DEATH} where code = ${code}`;
  expect((await retry(code)).problems).toEqual([]);
  await given.delivered(code);
});

it("the list tells how many dossiers wait while the portal does not answer, and why", async () => {
  given.portal.faults.set("AWAY", 1_000_000);
  const { code } = await given.submitted(MARRIAGE);
  await expect.poll(async () => (await rowOf(given.world, code))?.failures, { timeout: 20_000 }).toBeGreaterThan(0);
  expect(await list()).toMatchObject({ waiting: 1, unanswered: expect.stringMatching(/\w/) });
  given.portal.faults.set("AWAY", 0);
  await given.delivered(code);
});

it("steps that the desk does not know stop a dossier; with a recorded reason the status goes back before the citizen's eyes", async () => {
  const { code, parts } = await given.submitted(MARRIAGE);
  const { steps } = await given.delivered(code);
  const ahead = { ...steps.at(-1), ThoiDiemXuLy: "20261201080000", TrangThai: "9" };
  given.portal.register.addStep(ahead as never, true);
  await granted(parts[0].id);
  expect(await stopped(code)).toMatchObject({ reason: "PORTAL_AHEAD" });
  const sent = given.portal.register.find(code)?.steps.length;
  expect((await retry(code, "Cơ sở dữ liệu được khôi phục")).problems).toEqual([]);
  // the portal keeps its order: the lost time is later than the desk's, and the portal says so in its own words
  expect(await stopped(code)).toMatchObject({ reason: "REFUSED", words: expect.stringContaining("05 ") });
  given.portal.faults.set("LENIENT", 10);
  expect((await retry(code, "Cơ sở dữ liệu được khôi phục")).problems).toEqual([]);
  await expect.poll(() => given.portal.register.find(code)?.steps.length, { timeout: 20_000 }).toBe((sent ?? 0) + 2);
  given.portal.faults.set("LENIENT", 0);
  const corrected = given.portal.register.find(code)?.steps.at(-2);
  expect(corrected?.NoiDungXuLy).toMatch(/^Đính chính trạng thái: Cơ sở dữ liệu được khôi phục\. /);
});

it("a step that the portal lacks before one that it has stops the dossier until a person accepts it", async () => {
  const { code, parts } = await given.submitted(MARRIAGE);
  const entry = await given.delivered(code);
  entry.steps.splice(1, 1);
  await granted(parts[0].id);
  expect(await stopped(code)).toMatchObject({ reason: "PORTAL_GAP" });
  const before = given.portal.register.find(code)?.steps.length ?? 0;
  expect((await retry(code, "Cổng mất một bước")).problems).toEqual([]);
  await expect.poll(() => given.portal.register.find(code)?.steps.length, { timeout: 20_000 }).toBe(before + 2);
});

it("a status at the portal that is ahead of its steps is not taken back without a reason", async () => {
  const { code, parts } = await given.submitted(MARRIAGE);
  const entry = await given.delivered(code);
  entry.snapshot = { ...entry.snapshot, TrangThaiHoSo: "10" };
  await granted(parts[0].id);
  expect(await stopped(code)).toMatchObject({ reason: "STATUS_BACKWARDS", words: "RETURNED → IN_PROGRESS" });
  expect((await retry(code, "Cổng ghi nhầm trạng thái")).problems).toEqual([]);
  await given.delivered(code);
});

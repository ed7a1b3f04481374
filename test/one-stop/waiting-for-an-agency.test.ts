import { describe, expect, it } from "vitest";
import { aBirthRequest, dossierThatIs } from "../given.ts";
import {
  acknowledged,
  BIRTH,
  checkOf,
  type DossierData,
  INSURANCE,
  inFaultMode,
  isDone,
  partOf,
  RESIDENCE,
  shortBackoff,
} from "../kit/dossier-outcomes.ts";
import { clerk, contract, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const WAITING = `query ($code: ID!) { dossier(code: $code) {
  id revision updatedAt subject { fullName } feesVnd
  parts { procedure { code } waitingFor { agency { code } step since attempts nextAttemptAt unanswered text textEn } } } }`;

/** Story of a dossier while an agency is down; its number of the child is awaited. */
const whileResidenceIsDown = (story: (code: string) => Promise<void>) =>
  inFaultMode(world.current, "RESIDENCE", "DOWN", async () => {
    const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 0 });
    const isTried = (dossier: DossierData) => partOf(dossier, RESIDENCE).delivery.attempts > 1;
    await dossierThatIs(world.current, code, isTried);
    await story(code);
  });

describe("a dossier that waits for the personal number of an agency that is down", () => {
  it("a dossier that waits for the personal number of an agency that is down shows in its blocked parts how often delivery was tried and when it is tried next", async () => {
    await whileResidenceIsDown(async (code) => {
      const isNext = (dossier: DossierData) => partOf(dossier, INSURANCE).delivery.nextAttemptAt !== null;
      const dossier = await dossierThatIs(world.current, code, isNext);
      expect(partOf(dossier, INSURANCE)).toMatchObject({ state: "BLOCKED", delivery: { state: "QUEUED" } });
      const { data } = await world.current.ask(clerk, WAITING, { code });
      const { waitingFor } = partOf(data.dossier, INSURANCE);
      expect(waitingFor).toMatchObject({
        ...{ agency: { code: "RESIDENCE" }, step: "Cấp số định danh cá nhân", unanswered: true },
        since: expect.stringContaining("2026-11-23T"),
      });
      expect(waitingFor.attempts).toBeGreaterThan(1);
      expect(waitingFor.text).toContain("Đang chờ Công an – quản lý cư trú trả lời");
      expect(waitingFor.textEn).toMatch(/^The answer of .* about “Issue of the personal number” is awaited since/);
      expect(data.dossier).toMatchObject({
        id: expect.any(String),
        subject: { fullName: "Phạm Minh Khôi" },
        feesVnd: 0,
      });
    });
  });

  it("a dossier that waits for the personal number of an agency that is down says in its history that the agency has not responded", async () => {
    await whileResidenceIsDown(async (code) => {
      const { data } = await world.current.ask(clerk, contract("dossier"), { code });
      const notes = data.dossier.history.nodes.map((entry: DossierData) => entry.note);
      expect(notes).toContain(
        "Cấp số định danh cá nhân: Công an – quản lý cư trú chưa trả lời; hệ thống sẽ tự động gửi lại",
      );
    });
  });

  it("a dossier that waits for the personal number of an agency that is down says in extensions.agencies which agency does not respond, and since when, also to the public", async () => {
    await whileResidenceIsDown(async (code) => {
      const silent = { state: "UNAVAILABLE", since: expect.stringMatching(/^2026-11-23T.*\+07:00$/) };
      const seen = await world.current.ask(clerk, contract("dossier"), { code });
      expect(seen.extensions?.agencies).toMatchObject({ ONE_STOP: { state: "LIVE" }, RESIDENCE: silent });
      const tracked = await world.current.ask(null, contract("track-dossier"), { code, phoneLast4: "5678" });
      expect(tracked.extensions?.agencies).toMatchObject({ ONE_STOP: { state: "LIVE" }, RESIDENCE: silent });
    });
  });

  it("a dossier that waits for the personal number of an agency that is down names no agency as unavailable once all have answered", async () => {
    const { code } = await acknowledged(world.current, aBirthRequest());
    const { extensions } = await world.current.ask(clerk, contract("dossier"), { code });
    const states = Object.values(extensions?.agencies ?? {}).map((each) => (each as { state: string }).state);
    expect(new Set(states)).toEqual(new Set(["LIVE"]));
  });

  it("a dossier that waits for the personal number of an agency that is down says on the tracking page what is waited for, and that the citizen need not act", async () => {
    await whileResidenceIsDown(async (code) => {
      const { data } = await world.current.ask(null, contract("track-dossier"), { code, phoneLast4: "5678" });
      expect(data.trackDossier.whatYouMustDo).toEqual([
        expect.stringMatching(
          /^Đang chờ Công an .* “Cấp số định danh cá nhân” từ .*; đã gửi \d+ lần.*chưa cần làm gì$/,
        ),
      ]);
    });
  });
});

it("a part that waits for an officer's decision of an earlier part says so, and no further attempt is announced", async () => {
  const input = aBirthRequest();
  Object.assign(input.child, { birthNotice: null, withoutNotice: { kind: "WITNESS", text: "Người làm chứng" } });
  const { code } = await acknowledged(world.current, input);
  await dossierThatIs(world.current, code, (dossier) => partOf(dossier, BIRTH).state === "PROCESSING");
  const { data } = await world.current.ask(clerk, WAITING, { code });
  expect(partOf(data.dossier, INSURANCE).waitingFor).toMatchObject({
    ...{ agency: { code: "CIVIL_STATUS" }, unanswered: false, nextAttemptAt: null },
    text: expect.stringMatching(/^Cán bộ của .* đang xem xét việc/),
    textEn: expect.stringMatching(/^An officer of .* examines/),
  });
});

it("what the citizen must do is told in English beside the Vietnamese, line by line", async () => {
  const TRACK = `query ($code: ID!) { trackDossier(code: $code, phoneLast4: "5678") { whatYouMustDo whatYouMustDoEn } }`;
  const { code } = await inFaultMode(world.current, "HEALTH_INSURANCE", "REFUSES", () =>
    acknowledged(world.current, aBirthRequest()),
  );
  await dossierThatIs(world.current, code, isDone);
  const { data } = await world.current.ask(null, TRACK, { code });
  expect(data.trackDossier.whatYouMustDo).toEqual([
    expect.stringMatching(/ từ chối: /),
    "Đến Bộ phận Một cửa nhận kết quả",
  ]);
  expect(data.trackDossier.whatYouMustDoEn).toEqual([
    expect.stringMatching(/ refused: /),
    "Collect the results at the one-stop desk",
  ]);
});

it("an agency that does not respond to a check is a warning, and the request is ready", async () => {
  await inFaultMode(world.current, "HEALTH_INSURANCE", "DOWN", async () => {
    const found = await checkOf(world.current, clerk, aBirthRequest());
    expect(found).toMatchObject({ ready: true, problems: [] });
    const CHECK =
      "query ($input: BirthBundleInput!) { checkBirthBundle(input: $input) { warnings { code agency { code } } } }";
    const { data } = await world.current.ask(clerk, CHECK, { input: aBirthRequest() });
    expect(data.checkBirthBundle.warnings).toContainEqual({
      ...{ code: "AGENCY_UNAVAILABLE", agency: { code: "HEALTH_INSURANCE" } },
    });
  });
});

describe("the warnings of a submission while an agency is down", () => {
  const warned = [{ code: "AGENCY_UNAVAILABLE", agency: { code: "RESIDENCE" } }];
  const RESULT = "dossier { code } problems { code } warnings { code agency { code } }";
  const SUBMIT = `mutation ($input: BirthBundleInput!, $key: String!) {
    submitBirthBundle(input: $input, idempotencyKey: $key) { ${RESULT} } }`;
  const BATCH = `mutation ($items: [BatchItemInput!]!) { submitBatch(items: $items) { results { ${RESULT} } } }`;

  it("the warnings of a submission name the agency beside the dossier, also after a repetition, until it has answered", async () => {
    const variables = { input: aBirthRequest(), key: `warned-${process.pid}` };
    const submit = async () => (await world.current.ask(clerk, SUBMIT, variables)).data.submitBirthBundle;
    const code = await inFaultMode(world.current, "RESIDENCE", "DOWN", async () => {
      const { dossier, problems, warnings } = await submit();
      expect([problems, warnings]).toEqual([[], warned]);
      await dossierThatIs(
        world.current,
        dossier.code,
        (each: DossierData) => partOf(each, RESIDENCE).delivery.attempts > 1,
      );
      expect(await submit()).toEqual({ dossier, problems, warnings });
      return dossier.code;
    });
    await dossierThatIs(world.current, code, isDone);
    expect(await submit()).toEqual({ dossier: { code }, problems: [], warnings: [] });
  });

  it("the warnings of a submission stand beside its problems, empty, where nothing was submitted", async () => {
    const input = aBirthRequest();
    input.child.fullName = "";
    const { data } = await world.current.ask(clerk, SUBMIT, { input, key: `refused-${process.pid}` });
    expect(data.submitBirthBundle).toMatchObject({ dossier: null, warnings: [] });
    expect(data.submitBirthBundle.problems).not.toEqual([]);
  });

  it("the warnings of a submission stand in the results of a batch, too", async () => {
    await inFaultMode(world.current, "RESIDENCE", "DOWN", async () => {
      const items = [{ birthBundle: aBirthRequest(), idempotencyKey: `batch-${process.pid}` }];
      const { data } = await world.current.ask(clerk, BATCH, { items });
      expect(data.submitBatch.results).toMatchObject([{ problems: [], warnings: warned }]);
    });
  });
});

it("a dossier that awaits papers is not overdue, and is due later by the time that the citizen has", async () => {
  await inFaultMode(world.current, "HEALTH_INSURANCE", "ASKS_FOR_PAPERS", async () => {
    const { code } = await acknowledged(world.current, aBirthRequest());
    const dossier = await dossierThatIs(world.current, code, ({ state }) => state === "AWAITING_CITIZEN");
    const { supplement, dueAt } = partOf(dossier, INSURANCE);
    expect(Date.parse(dossier.dueAt)).toBeGreaterThan(Date.parse(supplement.dueAt));
    expect(Date.parse(dueAt)).toBeGreaterThan(Date.parse(supplement.dueAt));
  });
});

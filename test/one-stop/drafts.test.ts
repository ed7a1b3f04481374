import { describe, expect, it } from "vitest";
import { removeExpiredDrafts } from "../../subgraphs/one-stop/drafts/expiry.ts";
import { procedureForm } from "../../subgraphs/one-stop/procedures/forms/forms.ts";
import { aBirthRequest, aFamily } from "../given.ts";
import { bearer } from "../kit/ask-agency.ts";
import { type DossierData, setClock } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { clerk, type Persona, sharedWorld, TODAY } from "../world.ts";

const world = sharedWorld();
const aKey = () => `draft-${process.pid}-${serial("key")}`;
const mother = aFamily().mother.personalId;
const phone: Persona = bearer("citizen", { personalId: mother });
const stranger = {
  claims: {
    ...{ sub: "stranger", role: "citizen" as const, scope: "dossier:draft dossier:submit" },
    personalId: aFamily().mother.personalId,
  },
};
const neighbour: Persona = { persona: "clerk", commune: "31426" };

const FIELDS = "code kind content revision nationalStatus createdAt expiresAt dossier { code }";
const PROBLEMS = "problems { code path message messageEn existingDossier { code } }";
const CREATE = `mutation ($input: DraftInput!, $key: String!) {
  createDraft(input: $input, idempotencyKey: $key) { draft { ${FIELDS} } ${PROBLEMS} } }`;
const REPLACE = `mutation ($code: ID!, $revision: Int!, $input: DraftInput!) {
  replaceDraft(code: $code, revision: $revision, input: $input) { draft { ${FIELDS} } ${PROBLEMS} } }`;
const READ = `query ($code: ID!) { draft(code: $code) { ${FIELDS} } }`;
const CHECK = `query ($code: ID!) { checkDraft(code: $code) { ready ${PROBLEMS} warnings { code } } }`;
const SUBMIT = `mutation ($code: ID!, $revision: Int!, $key: String!) {
  submitDraft(code: $code, revision: $revision, idempotencyKey: $key) { dossier { code draft state } ${PROBLEMS} } }`;

async function ask(who: Persona, document: string, variables: object): Promise<DossierData> {
  const { data, errors } = await world.current.ask(who, document, variables);
  return Object.values(data ?? {})[0] ?? { error: errors?.[0]?.extensions };
}

const dossierOf = (personalId: string | null) => ({
  ...{ procedure: "1.000894", office: "31471", channel: "ONLINE", form: procedureForm("1.000894").example },
  ...{ papers: [], declarant: { fullName: "Lê Thị Thử Nghiệm", personalId, phone: "0912345678" } },
});
const aDraft = (content: object = dossierOf(mother), kind = "DOSSIER") => ({ kind, content });

async function created(input: object = aDraft(), who: Persona = phone): Promise<DossierData> {
  const { draft, problems, error } = await ask(who, CREATE, { input, key: aKey() });
  if (!draft) throw new Error(JSON.stringify(problems ?? error));
  return draft;
}
const read = (code: string, who: Persona = phone) => ask(who, READ, { code });
const submitted = (code: string, revision: number, key = aKey(), who: Persona = clerk) =>
  ask(who, SUBMIT, { code, revision, key });
const codesOf = ({ problems }: DossierData) => problems.map(({ code }: { code: string }) => code);
const faults = ({ problems }: DossierData) =>
  problems.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join(".")}`);

describe("a draft", () => {
  it("a draft of incomplete input has a short code, which the citizen and any desk open, in any spelling", async () => {
    const content = { office: "31471", declarant: { personalId: mother } };
    const draft = await created(aDraft(content));
    expect(draft).toMatchObject({ content, revision: 1, nationalStatus: 1, dossier: null });
    expect(draft.code).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
    expect(draft.expiresAt).toBe("2026-12-23T23:59:59+07:00");
    for (const who of [phone, clerk, neighbour]) expect(await read(draft.code, who)).toEqual(draft);
    expect(await read(draft.code.replace("-", " ").toLowerCase())).toEqual(draft);
  });

  it("a draft that a desk began is opened by the citizen whom it names as declarant, and by no other citizen", async () => {
    const { code } = await created(aDraft(), clerk);
    expect(await read(code)).toMatchObject({ code });
    expect(await read(code, stranger)).toMatchObject({ error: { code: "NOT_FOUND" } });
  });

  it("the same key and body give the same draft, also at once; another body is a problem", async () => {
    const variables = { input: aDraft(), key: aKey() };
    const both = await Promise.all([ask(phone, CREATE, variables), ask(phone, CREATE, variables)]);
    expect(both[1].draft).toEqual(both[0].draft);
    const other = await ask(phone, CREATE, { ...variables, input: aDraft({}) });
    expect(other).toMatchObject({
      draft: null,
      problems: [{ code: "IDEMPOTENCY_CONFLICT", path: ["idempotencyKey"] }],
    });
  });

  it("of two writers at once one replaces a draft, and the other is told the new revision", async () => {
    const { code } = await created();
    const write = (who: Persona, office: string) =>
      ask(who, REPLACE, { code, revision: 1, input: aDraft({ ...dossierOf(mother), office }) });
    const both = await Promise.all([write(phone, "31471"), write(clerk, "31426")]);
    expect(both.flatMap(codesOf)).toEqual(["DRAFT_CHANGED"]);
    const [winner] = both.filter(({ draft }) => draft);
    expect(winner.draft.revision).toBe(2);
    const again = winner.draft.content.office === "31471" ? write(phone, "31471") : write(clerk, "31426");
    expect((await again).draft).toEqual(winner.draft);
  });

  it("a draft's content that is no object or too large is a problem", async () => {
    const wrong = [aDraft([]), aDraft({ text: "x".repeat(70_000) })];
    const results = await Promise.all(wrong.map((input) => ask(phone, CREATE, { input, key: aKey() })));
    expect(results.map(faults)).toEqual([["DRAFT_MALFORMED input.content"], ["DRAFT_TOO_LARGE input.content"]]);
  });

  it("a draft is refused to callers without its permission, and wrong codes lock the caller after twenty", async () => {
    expect(await ask({ persona: "leader" }, CREATE, { input: aDraft(), key: aKey() })).toMatchObject({
      error: { code: "FORBIDDEN" },
    });
    const guesser = { claims: { ...stranger.claims, sub: "guesser" } };
    const { code } = await created(aDraft(), guesser);
    for (let guess = 0; guess < 20; guess++)
      expect(await read("AAAA-AAAA", guesser)).toMatchObject({ error: { code: "NOT_FOUND" } });
    const locked = await read(code, guesser);
    expect(locked).toMatchObject({ error: { code: "RATE_LIMITED", retryAfterSeconds: expect.any(Number) } });
    expect(await read(code, clerk)).toMatchObject({ code });
  });

  it("a caller opens a draft thirty times at once, because correct codes in flight are not wrong ones", async () => {
    const { code } = await created();
    // each in a spelling of its own, because the gateway sends identical queries at once only once
    const opened = await Promise.all(Array.from({ length: 30 }, (_, blanks) => read(code + " ".repeat(blanks))));
    expect(new Set(opened.map((each) => each.code))).toEqual(new Set([code]));
  });

  it("of thirty guesses at once twenty are told to be wrong, and the others nothing", async () => {
    const guesser = { claims: { ...stranger.claims, sub: "guesser at once" } };
    const guesses = await Promise.all(Array.from({ length: 30 }, (_, n) => read(`AAAA-A${100 + n}`, guesser)));
    const told = guesses.map(({ error }) => error.code).toSorted();
    expect(told).toEqual([...Array(20).fill("NOT_FOUND"), ...Array(10).fill("RATE_LIMITED")]);
  });

  it("a draft that has expired is gone at once, and its row is removed", async () => {
    const { code } = await created();
    setClock(world.current, "2026-12-24T00:00:05+07:00");
    expect(await read(code)).toMatchObject({ error: { code: "NOT_FOUND" } });
    setClock(world.current, TODAY);
    const sql = world.current.sql("one-stop");
    await removeExpiredDrafts(sql, new Date("2026-12-24T00:00:05+07:00"));
    expect(await sql`select 1 from drafts where code = ${code}`).toHaveLength(0);
  });
});

describe("the check of a draft", () => {
  it("the check of an empty draft names each required field once, and changes nothing", async () => {
    const draft = await created(aDraft({ procedure: "1.000894", colour: "red", papers: "none", declarant: {} }));
    const checked = await ask(phone, CHECK, { code: draft.code });
    expect(checked.ready).toBe(false);
    expect(faults(checked)).toEqual([
      ...["FIELD_UNKNOWN colour", "FIELD_MISSING office", "FIELD_MISSING channel", "FIELD_MISSING declarant.fullName"],
      ...["FIELD_MISSING form", "FIELD_MALFORMED papers", "SUBMITTER_NOT_NAMED declarant.personalId"],
    ]);
    expect(await read(draft.code)).toEqual(draft);
  });

  it("the check of a birth draft reports what is missing beside what is wrong", async () => {
    const { child, ...rest } = aBirthRequest();
    const { fullName, ...nameless } = child;
    const content = { ...rest, child: { ...nameless, dateOfBirth: "2026-02-30" } };
    const { code } = await created(aDraft(content, "BIRTH_BUNDLE"), clerk);
    const found = faults(await ask(clerk, CHECK, { code }));
    expect(found).toContain("FIELD_MISSING child.fullName");
    expect(found.filter((each: string) => each.endsWith("child.dateOfBirth"))).toHaveLength(1);
    expect(found).toHaveLength(2);
  });

  it("a complete draft is ready", async () => {
    const { code } = await created();
    expect(await ask(clerk, CHECK, { code })).toEqual({ ready: true, problems: [], warnings: [] });
  });
});

describe("the submission of a draft", () => {
  it("a submission uses the draft up: it keeps the dossier's code, the dossier the draft's, and the content is gone", async () => {
    const { code } = await created();
    const key = aKey();
    const { dossier, problems } = await submitted(code, 1, key);
    expect(problems).toEqual([]);
    expect(dossier.draft).toBe(code);
    expect(await read(code)).toMatchObject({ content: null, dossier: { code: dossier.code } });
    expect((await submitted(code, 1, key)).dossier.code).toBe(dossier.code);
    expect(faults(await submitted(code, 1))).toEqual(["DRAFT_USED "]);
    expect(faults(await ask(phone, REPLACE, { code, revision: 1, input: aDraft() }))).toEqual(["DRAFT_USED "]);
    expect(faults(await ask(phone, CHECK, { code }))).toEqual(["DRAFT_USED "]);
  });

  it("a birth draft becomes a combined dossier", async () => {
    const { code } = await created(aDraft(aBirthRequest(), "BIRTH_BUNDLE"), clerk);
    const { dossier, problems } = await submitted(code, 1);
    expect(problems).toEqual([]);
    expect(dossier.draft).toBe(code);
    const narrow = bearer("clerk", { office: "31471" }, ["dossier:submit", "dossier:draft"]);
    expect(await submitted(code, 1, aKey(), narrow)).toMatchObject({ error: { code: "FORBIDDEN" } });
  });

  it("an incomplete draft and one that was changed since it was read are not submitted", async () => {
    const { code } = await created(aDraft({ procedure: "1.000894" }));
    expect(codesOf(await submitted(code, 1))).toContain("FIELD_MISSING");
    expect(faults(await submitted(code, 7))).toEqual(["DRAFT_CHANGED revision"]);
    expect(await read(code)).toMatchObject({ revision: 1, dossier: null });
  });

  it("of two submissions of a draft at once one becomes a dossier", async () => {
    const { code } = await created();
    const both = await Promise.all([submitted(code, 1), submitted(code, 1)]);
    expect(both.flatMap(codesOf)).toEqual(["DRAFT_USED"]);
    const rows = await world.current.sql(
      "one-stop",
    )`select 1 from drafts where code = ${code} and dossier_id is not null`;
    expect(rows).toHaveLength(1);
  });
});

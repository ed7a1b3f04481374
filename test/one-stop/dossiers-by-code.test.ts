import { beforeAll, describe, expect, test } from "vitest";
import { aBirthRequest } from "../given.ts";
import { acknowledged } from "../kit/dossier-outcomes.ts";
import { type Answer, clerk, type Persona, sharedWorld } from "../world.ts";

const QUERY = `query ($codes: [ID!]!) { dossiersByCode(codes: $codes) { code state parts { state agency { code } } } }`;

const world = sharedWorld();
const elsewhere: Persona = { persona: "clerk", commune: "31135" };
const NOBODYS = "H13.155-261123-9876";
let codes: string[];
beforeAll(async () => {
  const sent = Array.from({ length: 3 }, () => acknowledged(world.current, aBirthRequest()));
  codes = (await Promise.all(sent)).map(({ code }) => code);
});

const ask = (asked: readonly string[], who: Persona = clerk): Promise<Answer> =>
  world.current.ask(who, QUERY, { codes: asked });
const codesOf = ({ data }: Answer) => data.dossiersByCode.map((each: { code: string } | null) => each?.code ?? null);

describe("dossiers by their codes", () => {
  test("dossiers come in the order of their codes, also where one is named twice", async () => {
    const [first = "", second = "", third = ""] = codes;
    const answer = await ask([third, first, third, second]);
    expect(answer.errors).toBeUndefined();
    expect(codesOf(answer)).toEqual([third, first, third, second]);
    expect(answer.data.dossiersByCode[0].parts).toHaveLength(3);
  });

  test("each code of no dossier is null with NOT_FOUND at its place, and the others are answered", async () => {
    const [first = ""] = codes;
    const answer = await ask([NOBODYS, first, "nonsense"]);
    expect(codesOf(answer)).toEqual([null, first, null]);
    expect(answer.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [["dossiersByCode", 0], "NOT_FOUND"],
      [["dossiersByCode", 2], "NOT_FOUND"],
    ]);
  });

  test("dossiers beyond the caller's reach look like those that do not exist", async () => {
    const [hidden, absent] = [await ask(codes.slice(0, 1), elsewhere), await ask([NOBODYS], elsewhere)];
    expect(codesOf(hidden)).toEqual([null]);
    expect(hidden.errors?.[0]?.message).toBe(absent.errors?.[0]?.message);
  });

  test("dossiers are read with the permission of `dossier` alone", async () => {
    expect((await ask(codes, null)).errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
  });

  test("a hundred codes are one query, and more are refused", async () => {
    const hundred = Array.from({ length: 100 }, (_, at) => codes[at % codes.length] ?? "");
    expect(codesOf(await ask(hundred))).toEqual(hundred);
    for (const refused of [[...hundred, NOBODYS], []]) {
      const { errors } = await ask(refused);
      expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "codes" } }]);
    }
  });

  test("the applicants of all dossiers that were read are recorded, as one read", async () => {
    await world.current.ask(clerk, QUERY, { codes }, { "x-request-id": "dossiers-by-code-1" });
    const rows = await world.current.sql("one-stop")`
      select action, citizens from access_log where request_id = 'dossiers-by-code-1'`;
    expect(rows).toMatchObject([{ action: "READ" }]);
    expect(rows[0]?.citizens).toHaveLength(codes.length);
  });
});

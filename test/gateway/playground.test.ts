import { readdirSync, readFileSync } from "node:fs";
import { parse, print } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import sample from "../../gateway/playground/examples/submit-birth-bundle.variables.json" with { type: "json" };
import { carriedFrom, withCarried } from "../../gateway/playground/page/carried-values.ts";
import { freshVariables } from "../../gateway/playground/page/fresh-variables.ts";
import { familyInputs } from "../../subgraphs/_shared/demo/population.ts";
import { parseBirthNotice } from "../../subgraphs/_shared/reference/identifiers/birth-notice.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { gatewayWorld, type World } from "./kit/gateway-world.ts";

let world: World;
beforeAll(async () => {
  world = await gatewayWorld({ PLAYGROUND: "on" });
});
afterAll(() => world.close());

const page = (path: string) => fetch(world.url + path, { headers: { accept: "text/html,*/*;q=0.8" } });

describe("the playground", () => {
  test.each(["/playground", "/graphql"])(
    "the playground is the page that a browser gets at %s, under a strict policy",
    async (path) => {
      const response = await page(path);
      expect(response.headers.get("content-type")).toContain("text/html");
      expect(response.headers.get("content-security-policy")).toBe(
        "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; " +
          "font-src 'self' data:; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
    },
  );

  test("the playground answers HEAD like GET, without the body", async () => {
    const headers = { accept: "text/html" };
    for (const path of ["/playground", "/graphql", "/playground/index.html"]) {
      const [get, head] = await Promise.all(
        ["GET", "HEAD"].map((method) => fetch(world.url + path, { method, headers })),
      );
      expect([head?.status, head?.headers.get("content-type")], path).toEqual([200, get?.headers.get("content-type")]);
      expect(await head?.text()).toBe("");
    }
  });

  test("the playground loads everything from the gateway and nothing from anywhere else", async () => {
    const html = await (await page("/playground")).text();
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? "");
    expect(files.filter((address) => !/^(\/playground\/|data:,)/.test(address))).toEqual([]);
    const script = await (await fetch(world.url + (files.find((each) => each.endsWith(".js")) ?? ""))).text();
    const chunks = [...new Set(script.match(/chunk-\w{8}\.js/g))];
    const texts = await Promise.all(
      chunks.map(async (each) => (await fetch(`${world.url}/playground/${each}`)).text()),
    );
    const names = [script, ...texts].flatMap((text) => text.match(/(?:editor|json|graphql)\.worker-\w{8}\.js/g) ?? []);
    const workers = [...new Set(names)].map((name) => `/playground/${name}`);
    expect(workers).toHaveLength(3);
    for (const file of [...files.filter((each) => each !== "data:,"), ...workers]) {
      const { status, headers } = await fetch(world.url + file);
      expect([status, headers.get("cache-control")], file).toEqual([200, "public, max-age=31536000, immutable"]);
    }
    const css = await (await fetch(world.url + (files.find((each) => each.endsWith(".css")) ?? ""))).text();
    expect(css).not.toMatch(/@import|url\(["']?https?:/);
    const fonts = [...css.matchAll(/url\("?(\/playground\/jetbrains-mono-[\w-]+\.woff2)/g)].map(([, path]) => path);
    expect(fonts).toHaveLength(2); // latin and vietnamese
    for (const font of fonts) {
      const { status, headers } = await fetch(world.url + font);
      expect([status, headers.get("content-type")]).toEqual([200, "font/woff2"]);
    }
  });

  test("the playground offers the contract's 3-in-1 request, and no file beside its own", async () => {
    const [, address = ""] = /src="([^"]+)"/.exec(await (await page("/playground")).text()) ?? [];
    const script = await (await fetch(world.url + address)).text();
    expect(script).toContain("mutation SubmitBirthBundle(");
    for (const path of ["/playground/built", "/playground/..%2f..%2fpackage.json", "/playground/package.json"]) {
      expect((await fetch(world.url + path)).status).toBe(404);
    }
  });

  test.each(readdirSync(projectPath("test", "contract")).filter((file) => file.endsWith(".graphql")))(
    "the playground has the contract's %s as an example, laid out for its editor",
    (file) => {
      const example = readFileSync(projectPath("gateway", "playground", "examples", file), "utf8");
      expect(print(parse(example))).toBe(print(parse(readFileSync(projectPath("test", "contract", file), "utf8"))));
    },
  );

  test("the playground meets a browser at / where the graph has no front page of its own", async () => {
    expect(await (await page("/")).text()).toBe(await (await page("/playground")).text());
  });

  test("the playground's files are compressed for those who accept it", async () => {
    const [, script = ""] = /src="([^"]+)"/.exec(await (await page("/playground")).text()) ?? [];
    const plain = await (await fetch(world.url + script, { headers: { "accept-encoding": "identity" } })).text();
    for (const coding of ["br", "gzip"]) {
      const response = await fetch(world.url + script, { headers: { "accept-encoding": coding } });
      expect(response.headers.get("content-encoding")).toBe(coding);
      expect(await response.text()).toBe(plain);
    }
  });

  test("the playground does not exist when it is off", async () => {
    const plain = await gatewayWorld();
    expect((await fetch(`${plain.url}/playground`, { headers: { accept: "text/html" } })).status).toBe(404);
    await plain.close();
  });
});

describe("its first example", () => {
  const now = new Date("2026-11-23T08:00:00+07:00");
  const [, family] = familyInputs(2, 0);

  test("the playground's first example differs from every other in key, notice and couple, and is the sample otherwise", () => {
    if (!family) throw new Error("the default commune has seeded families");
    const { input, idempotencyKey } = freshVariables(sample, { family, now }, () => 0.5);
    expect(idempotencyKey).not.toBe(sample.idempotencyKey);
    expect(parseBirthNotice(input.child.birthNotice).ok).toBe(true);
    expect(input).toMatchObject({
      child: { dateOfBirth: "2026-11-20", birthNotice: "50000.GCS.93012.26", homeCommune: "31471" },
      mother: family.mother,
      declarant: { personalId: family.mother.personalId, relation: "MOTHER" },
      residence: { ...family.household, relationToHead: "CHILD" },
      insurance: sample.input.insurance,
    });
  });

  test("the first example of the playground keeps the sample's couple without a demo", () => {
    const { input } = freshVariables(sample, undefined, () => 0);
    expect(input.mother).toEqual(sample.input.mother);
    expect(input.child.birthNotice).toBe("00000.GCS.93012.26");
  });
});

describe("what was submitted in the playground", () => {
  const submitted = { submitBirthBundle: { dossier: { code: "H13.155-261123-0001" } } };
  const variables = { input: { declarant: { phone: "0912345678" } } };

  test("what was submitted in the playground is carried to the variables that the page itself has made", () => {
    const carried = carriedFrom(variables, submitted);
    expect(carried).toEqual({ code: "H13.155-261123-0001", phoneLast4: "5678" });
    const own = new Set(["H13.155-261123-0000"]);
    expect(withCarried('{"code": "H13.155-261123-0000"}', carried, own)).toBe('{\n  "code": "H13.155-261123-0001"\n}');
    for (const typed of ['{"code": "of the developer"}', '{"code', "", null, "3"]) {
      expect(withCarried(typed, carried, own)).toBeUndefined();
    }
  });

  test("what was submitted in the playground tells the child's number once the birth is registered", () => {
    const result = { child: { personalId: "092226743078" } };
    for (const data of [{ dossier: { parts: [{ result }] } }, { dossierChanged: { parts: [{}, { result }] } }]) {
      expect(carriedFrom({}, data)).toEqual({ personalId: "092226743078" });
    }
    expect(carriedFrom(undefined, null)).toEqual({});
  });
});

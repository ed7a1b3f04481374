import { randomUUID } from "node:crypto";
import { type Caller, anonymous as publicCaller } from "../../subgraphs/_shared/identity/caller.ts";
import { type Agency, type AgencyResponse, type IdentityChanges, service } from "./agency-under-test.ts";
import { type Check, type CheckGroup, expectEqual, expectThat, NotTestable } from "./check.ts";

const BODY = JSON.stringify({ query: "{ __typename }", variables: {} });
const OTHER_BODY = JSON.stringify({ query: "{ again: __typename }", variables: {} });
const VIETNAMESE_BODY = JSON.stringify({ query: "{ __typename } # Nguyễn Thị Ánh", variables: {} });

const caller = (): Caller => publicCaller(randomUUID());

function expectAccepted(response: AgencyResponse): void {
  expectEqual("HTTP status of a valid identity", response.status, 200);
  expectThat(response.data !== undefined && response.data !== null, "a valid identity gets data", response);
}

export function expectRefused(response: AgencyResponse): void {
  expectEqual("HTTP status", response.status, 401);
  expectEqual("error code", response.errors?.[0]?.extensions?.code, "UNAUTHENTICATED");
  expectThat(!response.data, "a refused request gets no data", response.data);
}

function accepts(name: string, changes: IdentityChanges, body = BODY, by = caller): Check {
  return {
    name: `accepts ${name}`,
    run: async (agency) => expectAccepted(await agency.send(body, agency.identity(body, by(), changes))),
  };
}

/** `headerOf` makes the header from the agency's own; the body sent is `BODY`. */
function refuses(name: string, headerOf: (agency: Agency) => string | undefined): Check {
  return {
    name: `refuses ${name}`,
    run: async (agency) => expectRefused(await agency.send(BODY, headerOf(agency))),
  };
}

function changed(changes: IdentityChanges): (agency: Agency) => string {
  return (agency) => agency.identity(BODY, caller(), changes);
}

/** The header with its payload changed and its seal kept. */
function withPayload(header: string, change: (payload: string) => string): string {
  const at = header.indexOf("{");
  return header.slice(0, at) + change(header.slice(at));
}

function withSeal(header: string, change: (seal: string) => string): string {
  const [version = "", key = "", seal = "", ...payload] = header.split(".");
  return [version, key, change(seal), ...payload].join(".");
}

const secondKey: Check = {
  name: "accepts every key that it has, not the newest alone",
  async run(agency) {
    if (agency.keys.length < 2)
      throw new NotTestable("give two keys that the agency has: --keys new:secret,old:secret");
    for (const key of agency.keys) expectAccepted(await agency.send(BODY, agency.identity(BODY, caller(), { key })));
  },
};

const replay: Check = {
  name: "refuses an identity that it accepted before, with the same body and with another",
  async run(agency) {
    const header = agency.identity(BODY, caller());
    expectAccepted(await agency.send(BODY, header));
    expectRefused(await agency.send(BODY, header));
    expectRefused(await agency.send(OTHER_BODY, header));
    const nonce = randomUUID();
    expectAccepted(await agency.send(BODY, agency.identity(BODY, caller(), { nonce })));
    expectRefused(await agency.send(OTHER_BODY, agency.identity(OTHER_BODY, caller(), { nonce })));
  },
};

const refusedNonce: Check = {
  name: "accepts a nonce that only a refused identity had",
  async run(agency) {
    const header = agency.identity(BODY, caller());
    expectRefused(await agency.send(OTHER_BODY, header));
    expectAccepted(await agency.send(BODY, header));
  },
};

const longHeader: Check = {
  name: "accepts a header of 8,000 octets",
  async run(agency) {
    const by = { ...caller(), requestId: "r".repeat(7_500) };
    expectAccepted(await agency.send(BODY, agency.identity(BODY, by)));
  },
};

const unknownFields: Check = {
  name: "ignores fields of the caller that it does not know",
  async run(agency) {
    const by = { ...service(), futureField: { nested: true } } as Caller; // a field of a later version
    expectAccepted(await agency.send(BODY, agency.identity(BODY, by)));
  },
};

const onlySealedBodies: Check = {
  name: "refuses a query in the address that has no identity",
  async run(agency) {
    const status = await agency.statusOf("/graphql?query=%7B__typename%7D");
    expectThat(status >= 400 && status < 500, "HTTP status 4xx", status);
  },
};

const health: Check = {
  name: "answers /health/live and /health/ready without an identity",
  async run(agency) {
    expectEqual("/health/live", await agency.statusOf("/health/live"), 200);
    expectEqual("/health/ready", await agency.statusOf("/health/ready"), 200);
  },
};

const [other, foreign] = ["x".repeat(32), "not-the-name-of-any-agency"];

export const identityChecks: CheckGroup = {
  title: "Signed identity (subgraphs/_shared/identity/PROTOCOL.md)",
  checks: [
    accepts("a valid identity", {}),
    accepts("a caller with characters outside ASCII", {}, BODY, () => ({ ...service(), subject: "cán-bộ-🏠" })),
    accepts("a body with characters outside ASCII", {}, VIETNAMESE_BODY),
    accepts("a sender whose clock is five seconds ahead", { validMs: 25_000 }),
    accepts("a sender whose clock is five seconds behind", { validMs: 15_000 }),
    secondKey,
    refuses("a request without an identity", () => undefined),
    refuses("an empty identity", () => ""),
    refuses("text that is not an identity", () => "Bearer abc"),
    refuses("another version", changed({ version: "v1" })),
    refuses("a key that it does not have", (agency) => changed({ key: { id: "unknown", secret: other } })(agency)),
    refuses("another secret under a known key", (agency) =>
      changed({ key: { id: agency.keys[0]?.id ?? "", secret: other } })(agency),
    ),
    refuses("a payload that was changed", (agency) =>
      withPayload(changed({})(agency), (payload) => payload.replace('"anonymous"', '"service"')),
    ),
    refuses("a seal that was shortened", (agency) => withSeal(changed({})(agency), (seal) => seal.slice(0, 40))),
    refuses("an empty seal", (agency) => withSeal(changed({})(agency), () => "")),
    refuses("an identity without a payload", (agency) => withPayload(changed({})(agency), () => "")),
    refuses("an identity for another body", (agency) => agency.identity(OTHER_BODY, caller())),
    refuses("an identity for another agency", changed({ audience: foreign })),
    refuses("an identity that has expired", changed({ validMs: -1_000 })),
    refuses("an identity that is valid for more than 30 seconds", changed({ validMs: 45_000 })),
    replay,
    refusedNonce,
    longHeader,
    unknownFields,
    onlySealedBodies,
    health,
  ],
};

/** The checks with one of a second process of the agency, which shares the accepted identities of the first. */
export function withSharedReplay(other: Agency): CheckGroup {
  const sharedReplay: Check = {
    name: "refuses in one process an identity that another process accepted",
    level: "SHOULD",
    async run(agency) {
      const header = agency.identity(BODY, caller());
      expectAccepted(await agency.send(BODY, header));
      expectRefused(await other.send(BODY, header));
      expectAccepted(await other.send(BODY, other.identity(BODY, caller())));
    },
  };
  return { ...identityChecks, checks: [...identityChecks.checks, sharedReplay] };
}

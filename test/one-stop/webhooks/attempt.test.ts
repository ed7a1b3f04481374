import type { LookupAddress } from "node:dns";
import { describe, expect, it } from "vitest";
import { type Attempt, effectOf, RETRY_PAUSES_MS, retryAfterMs } from "../../../subgraphs/one-stop/webhooks/attempt.ts";
import { webhookConfiguration } from "../../../subgraphs/one-stop/webhooks/configuration.ts";
import {
  AddressRefused,
  type AllowedAddresses,
  checkedLookup,
  mayReceive,
  readRanges,
} from "../../../subgraphs/one-stop/webhooks/receiver-addresses.ts";
import { receiverClient } from "../../../subgraphs/one-stop/webhooks/receiver-client.ts";
import { aPath } from "./given-webhooks.ts";
import { serveReceiver } from "./receiver.ts";

const NONE: AllowedAddresses = [];
const failed = (status: number | null, retryAfter: number | null = null): Attempt => ({
  ...{ failure: "STATUS", status, retryAfterMs: retryAfter },
});

describe("the plan of attempts", () => {
  it("ten attempts spread over three days end in a dead letter", () => {
    const effects = Array.from({ length: 10 }, (_, n) => effectOf(failed(500), n + 1, 0));
    expect(effects.slice(0, 9).map(({ afterMs }) => afterMs)).toEqual(RETRY_PAUSES_MS);
    expect(effects.map(({ state }) => state)).toEqual([...Array(9).fill("PENDING"), "DEAD_LETTER"]);
    const hours = RETRY_PAUSES_MS.reduce((sum, ms) => sum + ms, 0) / 3_600_000;
    expect(hours).toBeCloseTo(75.6, 1);
  });

  it("a pause is lengthened by up to a tenth, and by what the receiver asks for, up to a day", () => {
    expect(effectOf(failed(500), 2, 1).afterMs).toBe(330_000);
    expect(effectOf(failed(503, 600_000), 1, 0)).toMatchObject({ afterMs: 600_000, holdsMs: 600_000 });
    expect(effectOf(failed(429, 10 * 86_400_000), 1, 0)).toMatchObject({ holdsMs: 86_400_000 });
    expect(effectOf(failed(502), 1, 0)).toMatchObject({ holdsMs: 30_000 });
    expect(effectOf(failed(500), 1, 0)).toMatchObject({ holdsMs: null });
  });

  it.each([
    ["120", 120_000],
    ["Mon, 30 Nov 2026 00:02:00 GMT", 120_000],
    ["Mon, 30 Nov 2020 00:02:00 GMT", 0],
    ["soon", null],
    ["-5", null],
    [undefined, null],
  ])("Retry-After %s is read", (header, ms) => {
    expect(retryAfterMs(header, Date.UTC(2026, 10, 30))).toBe(ms);
  });
});

describe("the addresses of receivers", () => {
  it.each([
    ...["0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1", "224.0.0.1"],
    ...["192.0.2.1", "198.18.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fd00::1"],
    ...["ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1", "not an address"],
  ])("%s may not receive", (address) => {
    expect(mayReceive(address, NONE)).toBe(false);
  });

  it.each(["1.1.1.1", "203.162.0.11", "2606:4700::1111", "::ffff:1.1.1.1"])("%s may receive", (address) => {
    expect(mayReceive(address, NONE)).toBe(true);
  });

  it("configured ranges may receive, and no other", () => {
    const ranges = readRanges(["10.1.0.0/16", "fd00:1::/32"]);
    expect(["10.1.2.3", "fd00:1::5", "::ffff:10.1.0.1"].map((each) => mayReceive(each, ranges))).toEqual([
      true,
      true,
      true,
    ]);
    expect(["10.2.0.1", "fd00:2::5", "127.0.0.1"].map((each) => mayReceive(each, ranges))).toEqual([
      false,
      false,
      false,
    ]);
    expect(mayReceive("127.0.0.1", "ALL")).toBe(true);
  });

  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ["a range", { WEBHOOK_PRIVATE_ADDRESSES: "10.1.0.0" }, /WEBHOOK_PRIVATE_ADDRESSES: must be on, or ranges/],
    ["a timeout", { WEBHOOK_TIMEOUT_MS: "1" }, /WEBHOOK_TIMEOUT_MS: must be at least 100/],
  ])("%s that does not work is named at the start", (_, environment, message) => {
    expect(() => webhookConfiguration(environment)).toThrow(message);
  });

  it("https is demanded in production", () => {
    expect(webhookConfiguration({ NODE_ENV: "production" }).demandsHttps).toBe(true);
    expect(webhookConfiguration({}).demandsHttps).toBe(false);
  });
});

describe("look-ups", () => {
  /** A name server that gives other addresses at each query. */
  const rebinding = (...answers: LookupAddress[][]) =>
    ((_name: string, _options: object, callback: (error: null, found: LookupAddress[]) => void) =>
      callback(null, answers.shift() ?? [])) as never; // the form with `all`, which checkedLookup uses
  const look = (allowed: AllowedAddresses, ...answers: LookupAddress[][]) =>
    new Promise((resolve) =>
      checkedLookup(allowed, rebinding(...answers))("name.example", { all: true }, (error, found) =>
        resolve(error ?? found),
      ),
    );
  const open = { address: "1.1.1.1", family: 4 };
  const own = { address: "127.0.0.1", family: 4 };

  it("a name is refused if any of its addresses is", async () => {
    expect(await look(NONE, [open])).toEqual([open]);
    expect(await look(NONE, [open, own])).toBeInstanceOf(AddressRefused);
    expect(await look("ALL", [open, own])).toEqual([open, own]);
  });

  it("the connection is made to the address that was checked, and a name that leads elsewhere later is refused", async () => {
    const receiver = await serveReceiver();
    const path = aPath();
    const webhooks = webhookConfiguration({ WEBHOOK_TIMEOUT_MS: "1000" });
    const message = {
      id: "a",
      body: "{}",
      secrets: ["whsec_AAAA"],
      url: `http://name.example:${receiver.port}${path}`,
    };
    const send = async (allowed: AllowedAddresses, ...answers: LookupAddress[][]) => {
      const client = receiverClient(webhooks, checkedLookup(allowed, rebinding(...answers)));
      const outcome = await client.send(message, new AbortController().signal);
      await client.close();
      return outcome?.failure;
    };
    expect(await send(readRanges(["127.0.0.0/8"]), [own], [open])).toBeNull();
    expect(await send(NONE, [own])).toBe("ADDRESS_REFUSED");
    expect(receiver.eventsAt(path)).toHaveLength(1);
    await receiver.close();
  });

  it("an address in the place of a name is refused without a look-up", async () => {
    const client = receiverClient(webhookConfiguration({}));
    const message = { id: "a", body: "{}", secrets: ["whsec_AAAA"] };
    for (const url of ["http://127.0.0.1:1/", "http://[::1]:1/", "http://2130706433:1/"]) {
      const outcome = await client.send({ ...message, url }, new AbortController().signal);
      expect(outcome).toMatchObject({ failure: "ADDRESS_REFUSED" });
    }
    await client.close();
  });
});

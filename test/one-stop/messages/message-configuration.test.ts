import { describe, expect, it } from "vitest";
import { messageConfiguration } from "../../../subgraphs/one-stop/messages/configuration.ts";
import { parseQuietHours, quietUntil } from "../../../subgraphs/one-stop/messages/quiet-hours.ts";
import { nextChannel, parseRoutes } from "../../../subgraphs/one-stop/messages/routes.ts";

const SMTP = { SMTP_URL: "smtp://127.0.0.1:2525", SMTP_FROM: "mot-cua@example.vn" };
const SMPP = { SMPP_URL: "smpp://127.0.0.1:2775", SMPP_SYSTEM_ID: "motcua", SMPP_SENDER: "MOTCUA" };

describe("the configuration of messages", () => {
  it("is a spool in the data directory by default, with quiet hours of the night", () => {
    expect(messageConfiguration({ MOTCUA_DATA: "/tmp/motcua" })).toMatchObject({
      ...{ routes: [["spool"]], spoolDirectory: "/tmp/motcua/messages", smtp: null, smpp: null },
      ...{ quietHours: { from: 1260, to: 420 }, language: "vi", giveUpDays: 5, keptDays: 90 },
    });
  });

  it("tells the tracking page below the gateway's PUBLIC_URL, unless another address is set", () => {
    const addressOf = (environment: NodeJS.ProcessEnv) => messageConfiguration(environment).trackingUrl;
    const PUBLIC_URL = "https://motcua.example";
    expect(addressOf({ PUBLIC_URL })).toBe("https://motcua.example/track");
    expect(addressOf({ PUBLIC_URL, MESSAGE_TRACKING_URL: "https://tra-cuu.example" })).toBe("https://tra-cuu.example");
    expect(addressOf({})).toBeNull();
  });

  it("offers one-click unsubscribing below an https address alone", () => {
    const addressOf = (PUBLIC_URL: string) => messageConfiguration({ PUBLIC_URL }).unsubscribeUrl;
    expect(addressOf("https://motcua.example")).toBe("https://motcua.example/unsubscribe");
    expect(addressOf("http://127.0.0.1:4000")).toBeNull();
  });

  it.each([
    ["PUBLIC_URL", { PUBLIC_URL: "motcua.example" }],
    ["MESSAGE_CHANNELS", { MESSAGE_CHANNELS: "fax" }],
    ["MESSAGE_CHANNELS", { MESSAGE_CHANNELS: "spool,spool" }],
    ["MESSAGE_QUIET_HOURS", { MESSAGE_QUIET_HOURS: "9pm-7am" }],
    ["MESSAGE_QUIET_HOURS", { MESSAGE_QUIET_HOURS: "07:00-07:00" }],
    ["MESSAGE_LANGUAGE", { MESSAGE_LANGUAGE: "fr" }],
    ["MESSAGE_TRACKING_URL", { MESSAGE_TRACKING_URL: "ftp://example.vn" }],
    ["MESSAGE_GIVE_UP_DAYS", { MESSAGE_GIVE_UP_DAYS: "0" }],
    ["MESSAGE_CA_FILE", { MESSAGE_CA_FILE: "/no/such/file" }],
    ["MESSAGE_CA_FILE", { MESSAGE_CA_FILE: "package.json" }],
    ["SMTP_URL: is required for smtp", { MESSAGE_CHANNELS: "smtp", SMTP_FROM: SMTP.SMTP_FROM }],
    ["SMTP_FROM: is required for smtp", { MESSAGE_CHANNELS: "smtp", SMTP_URL: SMTP.SMTP_URL }],
    ["SMTP_URL", { ...SMTP, SMTP_URL: "https://example.vn" }],
    ["SMTP_FROM", { ...SMTP, SMTP_FROM: "Một cửa <a@b>" }],
    ["SMTP_UNSUBSCRIBE", { ...SMTP, SMTP_UNSUBSCRIBE: "a@b" }],
    ["SMTP_TLS", { ...SMTP, SMTP_TLS: "off", NODE_ENV: "production" }],
    ["SMPP_SYSTEM_ID: is required for smpp", { ...SMPP, MESSAGE_CHANNELS: "smpp", SMPP_SYSTEM_ID: "" }],
    ["SMPP_SENDER", { ...SMPP, SMPP_SENDER: "a name that is too long" }],
    ["SMPP_PASSWORD", { ...SMPP, SMPP_PASSWORD: "123456789" }],
    ["SMPP_CODING", { ...SMPP, SMPP_CODING: "latin1" }],
  ])("names %s where it is bad", (variable, environment) => {
    expect(() => messageConfiguration(environment)).toThrow(variable);
  });

  it("has the accounts of the channels that are named, and of no other", () => {
    const { smtp, smpp } = messageConfiguration({ ...SMTP, ...SMPP, MESSAGE_CHANNELS: "smpp" });
    expect([smtp, smpp]).toMatchObject([null, { systemId: "motcua", coding: "gsm" }]);
  });
});

it("routes are tried side by side, and the channels of one of them one after the other", () => {
  expect(parseRoutes("smpp>smtp,spool")).toEqual([["smpp", "smtp"], ["spool"]]);
  expect(parseRoutes("off")).toEqual([]);
  expect([nextChannel("smpp>smtp", "smpp"), nextChannel("smpp>smtp", "smtp")]).toEqual(["smtp", undefined]);
});

describe("quiet hours", () => {
  const until = (hours: string, now: string) =>
    quietUntil(parseQuietHours(hours), new Date(now))?.toISOString() ?? null;

  it.each([
    ["21:00-07:00", "2026-11-23T20:59:59+07:00", null],
    ["21:00-07:00", "2026-11-23T21:00:00+07:00", "2026-11-24T00:00:00.000Z"],
    ["21:00-07:00", "2026-11-24T06:59:59+07:00", "2026-11-24T00:00:00.000Z"],
    ["21:00-07:00", "2026-11-24T07:00:00+07:00", null],
    ["12:00-13:30", "2026-11-24T12:00:00+07:00", "2026-11-24T06:30:00.000Z"],
    ["12:00-13:30", "2026-11-24T13:30:00+07:00", null],
  ])("%s at %s end at %s", (hours, now, end) => {
    expect(until(hours, now)).toBe(end);
  });
});

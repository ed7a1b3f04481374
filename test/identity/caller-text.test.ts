import { describe, expect, test } from "vitest";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { callerText, identityText } from "../../subgraphs/_shared/identity/caller-text.ts";

const somebody: Required<Caller> = {
  subject: "u1",
  role: "clerk",
  permissions: ["dossier:read"],
  otherScopes: ["other:read"],
  office: "31471",
  province: "31",
  agency: "CIVIL_STATUS",
  personalId: "093195000017",
  requestId: "request-1",
  purpose: "G22.01-000001",
  onBehalfOf: "093195000025",
};
const changes: Record<keyof Caller, Partial<Caller>> = {
  subject: { subject: "u2" },
  role: { role: "leader" },
  permissions: { permissions: [] },
  otherScopes: { otherScopes: [] },
  office: { office: "31472" },
  province: { province: "01" },
  agency: { agency: "LAND" },
  personalId: { personalId: "093195000018" },
  requestId: { requestId: "request-2" },
  purpose: { purpose: "G22.01-000002" },
  onBehalfOf: { onBehalfOf: "093195000026" },
};

describe("the text of a caller that was written before", () => {
  test.each(Object.entries(changes))("a cached caller text is not used for another %s", (field, change) => {
    const another: Caller = { ...somebody, ...change };
    for (const caller of [somebody, another, somebody]) expect(JSON.parse(callerText(caller))).toEqual(caller);
    expect(identityText(another) === identityText(somebody)).toBe(field === "requestId");
  });
});

test("non-ASCII letters of a caller are written in ASCII and read back unchanged", () => {
  const caller: Caller = { ...somebody, subject: "Nguyễn Ậ 👶", requestId: "yêu-cầu" };
  expect(callerText(caller)).toMatch(/^[ -~]+$/);
  expect(JSON.parse(callerText(caller))).toEqual(caller);
});

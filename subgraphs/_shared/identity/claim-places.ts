import * as z from "zod";
import { type JsonPointer, parsePointer } from "./json-pointer.ts";

/** Claim that is at one place of a token. */
export type SingleClaim = "subject" | "role" | "office" | "province" | "agency" | "personalId";

/** Places of the claims in a token. A claim without a place is in no token. */
export type ClaimPlaces = Readonly<Record<SingleClaim, JsonPointer | undefined>> & {
  /** Places of scopes, which are united. */
  readonly scopes: readonly JsonPointer[];
  /** False if the graph has none of our permissions as scopes: then no scope depends on a role. */
  readonly usesRegistry: boolean;
};

/** Places of the claims in a token for this graph. */
export const OWN_CLAIMS: ClaimPlaces = {
  subject: ["sub"],
  role: ["role"],
  scopes: [["scope"]],
  office: ["office"],
  province: ["province"],
  agency: ["agency"],
  personalId: ["personalId"],
  usesRegistry: true,
};

/** Value for a claim that tokens do not have, since an empty variable counts as unset. */
const ABSENT = "none";
const ERROR = `must be a JSON pointer (RFC 6901) such as /realm_access/role, or ${ABSENT}`;

const place = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context): JsonPointer | undefined => {
      const pointer = parsePointer(text);
      if (!pointer && text !== ABSENT) context.addIssue({ code: "custom", message: ERROR });
      return pointer;
    });

const places = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context): JsonPointer[] => {
      const texts = text === ABSENT ? [] : text.split(",").map((each) => each.trim());
      return texts.flatMap((each) => {
        const pointer = parsePointer(each);
        if (!pointer) context.addIssue({ code: "custom", message: `${each}: ${ERROR}; separate several by commas` });
        return pointer ? [pointer] : [];
      });
    });

const registry = z.enum(["on", "off"], { error: "must be on or off" }).default("on");

/** Places of claims as a setting, such as `{"role": "/realm_access/roles", "office": "none"}`. */
export const claimsSetting = z
  .strictObject({
    subject: place("/sub"),
    role: place("/role"),
    scopes: places("/scope"),
    office: place("/office"),
    province: place("/province"),
    agency: place("/agency"),
    personalId: place("/personalId"),
    registry,
  })
  .transform(({ registry, ...all }): ClaimPlaces => ({ ...all, usesRegistry: registry === "on" }));

/** Places of claims as environment variables. */
export const claimVariables = {
  CLAIM_SUBJECT: place("/sub"),
  CLAIM_ROLE: place("/role"),
  CLAIM_SCOPES: places("/scope"),
  CLAIM_OFFICE: place("/office"),
  CLAIM_PROVINCE: place("/province"),
  CLAIM_AGENCY: place("/agency"),
  CLAIM_PERSONAL_ID: place("/personalId"),
  SCOPE_REGISTRY: registry,
};

type Read = { [Name in keyof typeof claimVariables]: z.output<(typeof claimVariables)[Name]> };

export function claimPlaces(read: Read): ClaimPlaces {
  return {
    subject: read.CLAIM_SUBJECT,
    role: read.CLAIM_ROLE,
    scopes: read.CLAIM_SCOPES,
    office: read.CLAIM_OFFICE,
    province: read.CLAIM_PROVINCE,
    agency: read.CLAIM_AGENCY,
    personalId: read.CLAIM_PERSONAL_ID,
    usesRegistry: read.SCOPE_REGISTRY === "on",
  };
}

import * as z from "zod";
import { comparedDossiers, grantedBefore, legalDay, partialDate, personalId } from "../_shared/parts/content.ts";
import { asPartial } from "../_shared/reference/partial-dates.ts";
import { isRelation, type Relation } from "../_shared/reference/relations.ts";

/** Largest number of relations that one request states. */
const MOST_MEMBERS = 50;

// the desk has checked forms and normalized texts; this schema requires only the fields that this agency needs
const parent = z.object({ fullName: z.string().min(1), dateOfBirth: partialDate, personalId: personalId.nullable() });
const parents = { mother: parent.nullable(), father: parent.nullable() };

/** A parent as the request declares one. */
export type DeclaredParent = z.infer<typeof parent>;
export type DeclaredParents = { mother: DeclaredParent | null; father: DeclaredParent | null };

/** Content of the step "personal-number". `citizenId` is the id civil status minted; null only where nothing is granted. */
export const personalNumberContent = z.object({
  ...parents,
  child: z.object({
    citizenId: z.uuid().nullable(),
    fullName: z.string().min(1),
    sex: z.enum(["MALE", "FEMALE"]),
    dateOfBirth: legalDay.transform(asPartial),
    ethnicity: z.string().min(1),
    nationality: z.string().min(1),
  }),
  grantedBefore: grantedBefore({ personalId }),
});

/** Content of procedure 1.004222, registration of permanent residence; the child's number is null only in checks. */
export const residenceContent = z.object({
  ...parents,
  child: z.object({
    personalId: personalId.nullable(),
    multipleBirth: z.object({ order: z.number(), of: z.number() }).nullish(),
  }),
  comparedDossiers,
  residence: z.object({
    headPersonalId: z.string(),
    relationToHead: z.string(),
    address: z.object({ line: z.string().min(1), commune: z.string() }),
  }),
  grantedBefore: grantedBefore({}),
});

const relation = z.custom<Relation>((text) => typeof text === "string" && isRelation(text));
const relations = z.array(z.object({ personalId: z.string(), relationToHead: relation })).max(MOST_MEMBERS);

const declaredHead = z.object({ personalId: z.string(), relations });
const named = z.object({ fullName: z.string().min(1), personalId: z.string() });
/** Fact of a grant that makes a household: the code that it got. */
const newHousehold = { householdCode: z.string().optional() };
/** True if a citizen has sent the request, so that nobody outside of the own household has consented. */
const byCitizen = z.boolean().default(false);
const place = z.object({ line: z.string().min(1), commune: z.string() });

/**
 * Content of procedure 1.004222 for a person who moves, alone or with `members`. The person heads a new household at the address if
 * `headPersonalId` is the person's own. `newHeads` are those of the households which the head leaves and others do not.
 */
export const moverContent = z.object({
  person: named,
  newAddress: place,
  headName: z.string(),
  headPersonalId: z.string(),
  relationToHead: relation,
  members: relations.default([]),
  byCitizen,
  hasConsent: z.boolean(),
  newHeads: z.array(declaredHead).max(MOST_MEMBERS).nullish(),
  grantedBefore: grantedBefore(newHousehold),
});

/**
 * Content of procedure 1.004222 for a spouse who joins the household in which the other one lives. `newHead` is who heads the household
 * that the mover leaves, `marriageRegistration` the entry of civil status; it is null only in checks.
 */
export const spousesContent = z.object({
  ...{ husband: named, wife: named },
  household: z.object({
    ...{ mover: z.enum(["HUSBAND", "WIFE"]), code: z.string(), relationToHead: relation, hasConsent: z.boolean() },
    newHead: declaredHead.nullish(),
  }),
  marriageRegistration: z.object({ number: z.string().min(1) }).nullish(),
  grantedBefore: grantedBefore({}),
});

/** Others who do the same together with the person. */
const others = z.array(named).max(MOST_MEMBERS).default([]);

/**
 * Content of procedure 1.004194, registration of a temporary residence, and of 1.002755, its renewal: of a person alone or with
 * `members`. A person has one temporary residence in a commune at most, so the address tells which one is renewed.
 */
export const temporaryContent = z.object({
  ...{ person: named, members: others, byCitizen, temporaryAddress: place, until: z.string() },
  grantedBefore: grantedBefore({}),
});

/** Content of procedure 1.010028, end of a temporary residence before its last day. */
export const temporaryEndContent = z.object({
  ...{ person: named, members: others, temporaryAddress: place },
  reason: z.enum([
    "DEATH",
    "DECLARED_MISSING",
    "REGISTRATION_CANCELLED",
    "ABSENCE",
    "NATIONALITY_LOST",
    "PERMANENT_THERE",
    "DWELLING_LOST",
  ]),
  grantedBefore: grantedBefore({}),
});

/**
 * Content of procedure 1.010038, split of a household: the person heads the new one, `members` leave with the person. `newHead` is who
 * heads those who stay, if the head leaves.
 */
export const splitContent = z.object({
  ...{ person: named, members: relations.default([]), newHead: declaredHead.nullish() },
  grantedBefore: grantedBefore(newHousehold),
});

/**
 * Content of procedure 1.003197, strike-off of a permanent residence. `newHead` is who heads the household in which others stay,
 * `deathRegistration` the entry of civil status that proves a death.
 */
export const strikeOffContent = z.object({
  person: named,
  reason: z.enum(["DEAD", "ABROAD", "MOVED", "CITIZENSHIP", "DWELLING"]),
  from: legalDay,
  newHead: declaredHead.nullish(),
  deathRegistration: z.object({ number: z.string().min(1) }).nullish(),
  grantedBefore: grantedBefore({}),
});

export type SpousesContent = z.infer<typeof spousesContent>;
export type MoverContent = z.infer<typeof moverContent>;
export type StrikeOffContent = z.infer<typeof strikeOffContent>;
export type TemporaryContent = z.infer<typeof temporaryContent>;
export type TemporaryEndContent = z.infer<typeof temporaryEndContent>;
export type SplitContent = z.infer<typeof splitContent>;
export type PersonalNumberContent = z.infer<typeof personalNumberContent>;
export type ResidenceContent = z.infer<typeof residenceContent>;

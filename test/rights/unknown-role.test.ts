import { is, SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { describe, expect, test } from "vitest";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { officers, type Role } from "../../subgraphs/_shared/rights/permissions.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import { maySubmitAt, workableParts } from "../../subgraphs/one-stop/rights.ts";
import { caller } from "../kit/ask-agency.ts";

const places = { office: "31471", province: "92", personalId: "093195000017", agency: "RESIDENCE" } as const;
/** A role that an agency was never taught, with every place claim and every permission of a clerk. */
const inspector: Caller = { ...caller("clerk", places), role: "inspector" as Role };

type Condition = (by: Caller) => SQL;
/** The conditions of all agencies' `rights.ts`: what they export as a function of the caller alone that gives SQL. */
const rights: [string, Condition][] = [];
for (const { name } of subgraphs) {
  const exported = (await import(`../../subgraphs/${name}/rights.ts`)) as Record<string, unknown>;
  for (const [right, condition] of Object.entries(exported)) {
    if (typeof condition !== "function" || condition.length !== 1 || !is(condition(inspector), SQL)) continue;
    rights.push([`${right} of ${name}`, condition as Condition]); // compared just now
  }
}
const nothing = /^\(?false( or false)*\)?$/;
const conditionOf = (right: SQL) => new PgDialect().sqlToQuery(right).sql;

test.each(subgraphs.map(({ name }) => name))("the rights of %s are conditions on the caller", (name) => {
  expect(rights.filter(([right]) => right.endsWith(` of ${name}`))).not.toEqual([]);
});

describe.each(rights)("%s", (_, visible) => {
  test("a role that no agency knows sees no row", () => {
    expect(conditionOf(visible(inspector))).toMatch(nothing);
  });

  test("the anonymous public sees no row", () => {
    expect(conditionOf(visible({ ...caller("anonymous"), ...places }))).toMatch(nothing);
  });

  test("a citizen without a personal number and a portal without a province see no row", () => {
    for (const role of ["citizen", "portal"] as const) expect(conditionOf(visible(caller(role)))).toMatch(nothing);
  });
});

test.each(officers.filter(({ place }) => place !== "agency").map(({ role }) => role))(
  "an officer of the role %s whose token names no place works on no part",
  (role) => {
    expect(conditionOf(workableParts(caller(role)))).toMatch(/ and false\)$/);
  },
);

test("a role that no agency knows submits at no office", () => {
  expect(maySubmitAt(inspector, "31471")).toBe(false);
});

import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import { expect, test } from "vitest";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import type { Role } from "../../subgraphs/_shared/rights/permissions.ts";
import { visibleBusinesses } from "../../subgraphs/business/rights.ts";
import { visibleBirths } from "../../subgraphs/civil-status/rights.ts";
import { visibleCards } from "../../subgraphs/health-insurance/rights.ts";
import { visibleHolders } from "../../subgraphs/land/rights.ts";
import { visibleDossiers } from "../../subgraphs/one-stop/dossiers/rights.ts";
import * as residence from "../../subgraphs/residence/rights.ts";
import { caller } from "../kit/ask-agency.ts";

const places = { office: "31471", province: "92", personalId: "093195000017", agency: "RESIDENCE" } as const;
/** A role that an agency was never taught, with every place claim and every permission of a clerk. */
const inspector: Caller = { ...caller("clerk", places), role: "inspector" as Role };
const rights: [string, (by: Caller) => SQL][] = [
  ["births", visibleBirths],
  ["persons", residence.visiblePersons],
  ["all facts of persons", residence.whollyVisible],
  ["residencies", residence.visibleResidencies],
  ["cards", visibleCards],
  ["holders of certificates", visibleHolders],
  ["businesses", visibleBusinesses],
  ["dossiers", (by) => visibleDossiers(drizzle.mock(), by)],
];
const conditionOf = (right: SQL) => new PgDialect().sqlToQuery(right).sql;

test.each(rights)("a role that no agency knows sees no %s", (_, visible) => {
  expect(conditionOf(visible(inspector))).toBe("false");
});

test.each(rights)("the anonymous public sees no %s", (_, visible) => {
  expect(conditionOf(visible({ ...caller("anonymous"), ...places }))).toBe("false");
});

test.each(rights)("a citizen without a personal number and a portal without a province see no %s", (_, visible) => {
  for (const role of ["citizen", "portal"] as const) expect(conditionOf(visible(caller(role)))).toBe("false");
});

test("a role that no agency knows sees no member of a household", () => {
  expect(conditionOf(residence.visibleMembers(inspector))).toBe("(false or false)");
});

import { inArray } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { Problems } from "../../_shared/registers/act-problems.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Origin } from "../../_shared/transfer/transfer-kind.ts";
import { enterVersions } from "../businesses/new-version.ts";
import { licences, licenceVersions } from "../licences/tables.ts";
import { businesses } from "../tables.ts";
import type { BusinessRow } from "./business-record.ts";
import { type Rules, termOf } from "./licence-terms.ts";

type Entering = { origin: Origin; rules: Rules };
type New = BusinessRow & { id: string };

/** Enters businesses with their people, lines and licences; enterprises first, since branches refer to them. */
export async function enterBusinesses(
  tx: Tx,
  rows: readonly BusinessRow[],
  { origin, rules }: Entering,
): Promise<void> {
  const made = rows.map((row) => ({ ...row, id: uuidv7() }));
  const isBranch = ({ kind }: New) => kind === "BRANCH";
  await insertMany(
    tx,
    businesses,
    made.filter((each) => !isBranch(each)).map(({ id, code }) => ({ id, code })),
  );
  await enterBranches(tx, made.filter(isBranch));
  await enterVersions(
    tx,
    made.map(({ id: businessId, code: _, commune: communeCode, licences: __, ...facts }) => ({
      ...{ ...origin, businessId, version: 1, validFrom: facts.registeredOn, facts: { ...facts, communeCode } },
    })),
  );
  await enterLicences(tx, made, { origin, rules });
}

async function enterBranches(tx: Tx, branches: readonly New[]): Promise<void> {
  if (branches.length === 0) return;
  const enterpriseOf = (code: string) => code.slice(0, 10);
  const found = await tx
    .select({ id: businesses.id, code: businesses.code })
    .from(businesses)
    .where(
      inArray(
        businesses.code,
        branches.map(({ code }) => enterpriseOf(code)),
      ),
    );
  const parents = new Map(found.map(({ id, code }) => [code, id]));
  await insertMany(
    tx,
    businesses,
    branches.map(({ id, code }) => ({ id, code, parentId: parents.get(enterpriseOf(code)) ?? null })),
  );
}

async function enterLicences(tx: Tx, made: readonly New[], { origin, rules }: Entering): Promise<void> {
  const issued = made.flatMap(({ id: businessId, licences: own }) =>
    own.map((licence) => ({ ...licence, businessId, id: uuidv7() })),
  );
  await insertMany(
    tx,
    licences,
    issued.map(({ id, number, businessId, kind }) => ({ id, number, businessId, kind })),
  );
  await insertMany(
    tx,
    licenceVersions,
    issued.flatMap((licence) => {
      const { id: licenceId, issuer, issuedOn } = licence;
      const term = termOf(licence, rules, new Problems()); // examined before
      return term ? [{ ...origin, ...term, licenceId, issuer, validFrom: issuedOn }] : [];
    }),
  );
}

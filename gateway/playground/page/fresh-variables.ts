/** Variables of the sample request, as far as fresh ones differ from them. */
export type SampleVariables = {
  idempotencyKey: string;
  waitMs: number;
  input: {
    declarant: Record<string, unknown>;
    child: Record<string, unknown> & { birthNotice: string };
    mother: Parent;
    father: Parent;
    residence: { headPersonalId: string; address: { line: string; commune: string } } & Record<string, unknown>;
  } & Record<string, unknown>;
};
type Parent = { fullName: string; personalId: string } & Record<string, unknown>;

/** Seeded couple from `GET /dev/families`. */
export type Family = { mother: Parent; father: Parent; household: { headPersonalId: string; address: Address } };
type Address = { line: string; commune: string };

const DAY_MS = 86_400_000;
const VIETNAM_OFFSET_MS = 7 * 3_600_000;

/**
 * Variables of the sample request with a new idempotency key and birth notice, ready to be sent; in demo mode also with another
 * couple and a child born three days before `now`, the business clock. `random` returns 0 up to 1.
 */
export function freshVariables(
  sample: SampleVariables,
  demo: { family: Family; now: Date } | undefined,
  random: () => number,
): SampleVariables {
  const serial = String(Math.floor(random() * 100_000)).padStart(5, "0");
  const idempotencyKey = `playground-${serial}-${Math.floor(random() * 1e9).toString(36)}`;
  const [, ...noticeRest] = sample.input.child.birthNotice.split(".");
  const own = { ...sample, idempotencyKey };
  if (!demo) {
    return {
      ...own,
      input: { ...sample.input, child: { ...sample.input.child, birthNotice: [serial, ...noticeRest].join(".") } },
    };
  }
  const { mother, father, household } = demo.family;
  const born = new Date(demo.now.getTime() + VIETNAM_OFFSET_MS - 3 * DAY_MS).toISOString().slice(0, 10);
  const birthNotice = [serial, ...noticeRest.slice(0, 2), born.slice(2, 4)].join(".");
  const surname = father.fullName.split(" ")[0] ?? "";
  const { child, declarant, residence } = sample.input;
  return {
    ...own,
    input: {
      ...sample.input,
      declarant: { ...declarant, fullName: mother.fullName, personalId: mother.personalId },
      child: {
        ...child,
        fullName: `${surname} Minh Khôi`,
        dateOfBirth: born,
        ethnicity: father.ethnicity,
        birthNotice,
      },
      mother,
      father,
      residence: { ...residence, ...household },
    },
  };
}

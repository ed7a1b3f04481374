/** A request that must be refused before any subgraph call. */
export type Attack = { name: string; body(n: number): string };

const repeat = (times: number, write: (at: number) => string) =>
  Array.from({ length: times }, (_, at) => write(at)).join(" ");
const query = (text: string, variables: object = {}) => JSON.stringify({ query: text, variables });
const nested = (depth: number, leaf: string) =>
  `${"household { members { ".repeat(depth)}${leaf}${" } }".repeat(depth)}`;

/** Attacks that stopped other gateways. Each request has another text, so that no cache can serve it. */
export const attacks: Attack[] = [
  {
    name: "1,000 aliases",
    body: (n) => query(`{ ${repeat(1_000, (at) => `a${n}_${at}: citizen(id: "c${at}") { name }`)} }`),
  },
  { name: "200 levels deep", body: (n) => query(`{ a${n}: citizen(id: "c1") { ${nested(100, "name")} } }`) },
  { name: "fragment bomb, 2^30 fields", body: (n) => query(fragmentBomb(n)) },
  { name: "circle of fragments", body: (n) => query(`{ a${n}: citizen(id: "c1") { ...A } } ${CIRCLE}`) },
  {
    name: "500 directives",
    body: (n) => query(`{ a${n}: citizen(id: "c1") { name ${repeat(500, () => "@include(if: true)")} } }`),
  },
  {
    name: "list bomb, 1,000 × 4 × 4 × 1,000",
    body: (n) => query(`{ a${n}: citizens(from: 0, first: 1000) { ${LISTS} } }`),
  },
  {
    name: "list bomb by a variable",
    body: (n) => query(`query A${n}($n: Int!) { citizens(from: 0, first: $n) { name } }`, { n: 1_000_000 }),
  },
  { name: "100,000 tokens", body: (n) => query(`{ a${n}: citizen(id: "c1") { ${repeat(100_000, () => "id")} } }`) },
  {
    name: "500 wrong fields",
    body: (n) => query(`{ a${n}: citizen(id: "c1") { ${repeat(500, (at) => `nam${at}`)} } }`),
  },
  { name: "body of 2 MB", body: (n) => query(`{ a${n}: citizen(id: "c1") { name } } # ${"x".repeat(2_000_000)}`) },
];

const LISTS = "household { members { household { members { dossiers(first: 1000) { code } } } } }";
const CIRCLE =
  "fragment A on Citizen { household { members { ...B } } } fragment B on Citizen { household { members { ...A } } }";

function fragmentBomb(n: number): string {
  const levels = repeat(30, (at) => `fragment F${at} on Citizen { x${at}: name ...F${at + 1} ...F${at + 1} }`);
  return `{ a${n}: citizen(id: "c1") { ...F0 } } ${levels} fragment F30 on Citizen { id }`;
}

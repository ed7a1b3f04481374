import { buildSchema, execute, GraphQLError, parse } from "graphql";
import { pino } from "pino";
import { expect, test } from "vitest";
import { maskError } from "../../subgraphs/_shared/serving/requests.ts";

const schema = buildSchema("type Query { history(first: Int! = 50): Int }");
const document = parse("query ($n: Int) { history(first: $n) }");

test("a null for a required argument with a default is the caller's fault, and no fault is logged", async () => {
  const logged: unknown[] = [];
  const log = pino({ level: "error" }, { write: (line) => void logged.push(line) });
  const { errors = [] } = await execute({ schema, document, variableValues: { n: null } });
  const [masked] = errors.map((error) => maskError(error, log));
  expect(masked).toMatchObject({ path: ["history"], extensions: { code: "BAD_USER_INPUT" } });
  expect(logged).toEqual([]);
});

test("an error that the program did not mean is masked and logged", () => {
  const logged: unknown[] = [];
  const log = pino({ level: "error" }, { write: (line) => void logged.push(line) });
  const fault = new GraphQLError("no row", { originalError: new TypeError("no row") });
  expect(maskError(fault, log)).toMatchObject({ extensions: { code: "INTERNAL" } });
  expect(logged).toHaveLength(1);
});

import { buildSchema, type GraphQLError, graphqlSync } from "graphql";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { maskError } from "../../subgraphs/_shared/serving/requests.ts";

const schema = buildSchema(`type Query { history(first: Int! = 50): Int search(filter: Filter): Int }
  input Filter { first: Int! = 5 name: String }`);

/** Errors of an operation as an agency sends them, with the lines that it logs. */
function errorsOf(source: string, rootValue: object, variableValues: Record<string, unknown> = {}) {
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  const { errors = [] } = graphqlSync({ schema, source, rootValue, variableValues });
  return { errors: errors.map((each) => maskError(each, log) as GraphQLError), lines };
}

describe("an agency", () => {
  test.each([
    ["query ($n: Int) { history(first: $n) }", 'Argument "first" of non-null type "Int!" must not be null.'],
    ['query ($n: Int) { search(filter: {first: $n, name: "Nguyễn"}) }', 'Argument "filter" has an invalid value.'],
  ])("an agency blames the caller for a null argument and logs nothing: %s", (query, message) => {
    const { errors, lines } = errorsOf(query, { history: 1, search: 1 }, { n: null });
    expect(errors).toMatchObject([{ message, extensions: { code: "BAD_USER_INPUT" } }]);
    expect(lines).toEqual([]);
  });

  test.each([
    ["a text where a number belongs", "Nguyễn"],
    ["a number that is too large", 2 ** 40],
  ])("an agency blames itself for %s in its response, and tells no value", (_, history) => {
    const { errors, lines } = errorsOf("{ history }", { history });
    expect(errors).toMatchObject([{ extensions: { code: "INTERNAL" } }]);
    expect(errors[0]?.message).not.toContain(String(history));
    expect(lines).toHaveLength(1);
  });
});

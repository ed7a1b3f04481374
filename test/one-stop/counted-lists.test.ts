import { buildSchema, type GraphQLResolveInfo, graphql } from "graphql";
import { expect, test } from "vitest";
import { asksForTotal } from "../../subgraphs/one-stop/paging/counting.ts";

const schema = buildSchema(`
  type Query { list: List }
  type List { nodes: [Node] totalCount: Int totalCountAtLeast: Int }
  type Node { totalCount: Int name: String }
`);

async function asks(source: string): Promise<boolean | undefined> {
  let asked: boolean | undefined;
  const rootValue = {
    list(_arguments: unknown, _context: unknown, info: GraphQLResolveInfo) {
      asked = asksForTotal(info);
      return { nodes: [] };
    },
  };
  const { errors } = await graphql({ schema, source, rootValue });
  expect(errors).toBeUndefined();
  return asked;
}

test.each([
  ["{ list { totalCount } }", true],
  ["{ list { nodes { name } } list { all: totalCountAtLeast } }", true],
  ["{ list { ... { ...Total } } } fragment Total on List { totalCount }", true],
  ["{ list { nodes { name } } }", false],
  ["{ list { nodes { totalCount } } }", false],
])("the total of a list is counted beside its page only where it is asked for: %s", async (source, expected) => {
  expect(await asks(source)).toBe(expected);
});

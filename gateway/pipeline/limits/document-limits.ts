import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { Fragments } from "../../executor/normalize/client-operation.ts";
import { comparisonsIn } from "./field-comparisons.ts";
import { type DocumentLimits, limitExceeded } from "./limit-error.ts";
import { literalDepth } from "./nesting.ts";

type Measure = Record<Exclude<keyof DocumentLimits, "tokens" | "comparisons" | "nesting">, number>;

/** Counts stop here: fragments in fragments double them with every level. */
const MOST = Number.MAX_SAFE_INTEGER;

const REMEDIES: Record<keyof Measure | "comparisons" | "nesting", [what: string, remedy: string]> = {
  depth: ["levels of nested fields", "ask for less at a time, or for the inner part by its own key"],
  fields: ["fields", "leave out what is not needed, or send several operations"],
  aliases: ["aliases", "send several operations, or ask for a list in place of one field many times"],
  rootFields: ["root fields", "send several operations"],
  directives: ["directives", "leave out what is not needed"],
  comparisons: ["fields of one name to compare with each other", "select each field once"],
  nesting: ["levels of lists and objects in a literal", "send flatter values"],
};

/** Parses a document of at most `limits.tokens` tokens. @throws GraphQLError of its syntax, or of the limit. */
export function parseDocument(text: string, limits: DocumentLimits): DocumentNode {
  try {
    return parse(text, { maxTokens: limits.tokens });
  } catch (error) {
    if (error instanceof RangeError) throw new GraphQLError("Syntax Error: The document nests too deeply to be read");
    const isTooLong = error instanceof GraphQLError && error.message.includes(`more that ${limits.tokens} tokens`);
    if (!isTooLong) throw error;
    // the parser stops at the limit, so the number of tokens is not known
    const limit = { name: "tokens", allowed: limits.tokens, asked: limits.tokens + 1 } as const;
    throw limitExceeded(limit, `The document has more than ${limits.tokens} tokens; send a shorter one`);
  }
}

/**
 * Checks a document against all limits, with one error for each limit that it exceeds. The time is proportional to the text,
 * however its fragments nest; that of validation is not, so this check comes before it. It needs no schema.
 */
export function checkDocument(
  document: DocumentNode,
  fragments: Fragments,
  limits: DocumentLimits,
): readonly GraphQLError[] {
  const measures = measured(document, fragments);
  const askedOf = (name: keyof typeof REMEDIES) => {
    if (name === "comparisons") return comparisonsIn(document, fragments);
    if (name === "nesting") return literalDepth(document);
    return Math.max(0, ...measures.map((each) => each[name]));
  };
  return Object.entries(REMEDIES).flatMap(([key, [what, remedy]]) => {
    const name = key as keyof typeof REMEDIES; // its own keys
    const limit = { name, allowed: limits[name], asked: askedOf(name) };
    if (limit.asked <= limit.allowed) return [];
    return [limitExceeded(limit, `The operation has ${what}: ${limit.asked}, ${limit.allowed} are allowed; ${remedy}`)];
  });
}

/** One measure for each operation and each fragment: validation visits unused fragments as well. */
function measured(document: DocumentNode, fragments: Fragments): Measure[] {
  const known = new Map<string, Measure>();

  function ofFragment(name: string): Measure {
    const found = known.get(name);
    const fragment = fragments.get(name);
    if (found || !fragment) return found ?? nothing();
    known.set(name, nothing()); // ends a cycle, which validation refuses
    const measure = ofDefinition(fragment);
    known.set(name, measure);
    return measure;
  }

  function ofDefinition(definition: FragmentDefinitionNode | (DefinitionNode & { selectionSet: SelectionSetNode })) {
    const measure = ofSelections(definition.selectionSet);
    measure.directives = sum(measure.directives, definition.directives?.length ?? 0);
    return measure;
  }

  function ofSelections({ selections }: SelectionSetNode): Measure {
    const total = nothing();
    for (const selection of selections) add(total, ofSelection(selection));
    return total;
  }

  function ofSelection(selection: SelectionNode): Measure {
    const own = selection.directives?.length ?? 0;
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const inner = ofFragment(selection.name.value);
      return { ...inner, directives: sum(inner.directives, own) };
    }
    const inner = selection.selectionSet ? ofSelections(selection.selectionSet) : nothing();
    inner.directives = sum(inner.directives, own);
    if (selection.kind === Kind.INLINE_FRAGMENT) return inner;
    return {
      depth: inner.depth + 1,
      fields: sum(inner.fields, 1),
      aliases: sum(inner.aliases, selection.alias ? 1 : 0),
      rootFields: 1,
      directives: inner.directives,
    };
  }

  return document.definitions.flatMap((definition) => {
    if (definition.kind === Kind.OPERATION_DEFINITION) return [ofDefinition(definition)];
    // the root fields of a fragment are not root fields of an operation
    return isFragment(definition) ? [{ ...ofFragment(definition.name.value), rootFields: 0 }] : [];
  });
}

function isFragment(definition: DefinitionNode): definition is FragmentDefinitionNode {
  return definition.kind === Kind.FRAGMENT_DEFINITION;
}

function nothing(): Measure {
  return { depth: 0, fields: 0, aliases: 0, rootFields: 0, directives: 0 };
}

function add(total: Measure, more: Measure): void {
  total.depth = Math.max(total.depth, more.depth);
  total.fields = sum(total.fields, more.fields);
  total.aliases = sum(total.aliases, more.aliases);
  total.rootFields = sum(total.rootFields, more.rootFields);
  total.directives = sum(total.directives, more.directives);
}

function sum(a: number, b: number): number {
  return Math.min(MOST, a + b);
}

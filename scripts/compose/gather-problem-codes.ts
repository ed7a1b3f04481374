import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

type ProblemCode = { code: string; meaning: string; meaningEn: string };

const CODE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/**
 * Every problem that the agencies' code can report: object literals with `code`, `message` and `messageEn`, and calls
 * `fault(code, message, messageEn)`. Of several texts of one code the first by file name stands; a value in a text is "…".
 */
export function problemCodes(folder: string): ProblemCode[] {
  const found = new Map<string, ProblemCode>();
  for (const path of sourceFiles(folder)) {
    const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      const problem = problemIn(node);
      if (problem && CODE.test(problem.code) && !found.has(problem.code)) found.set(problem.code, problem);
      node.forEachChild(visit);
    };
    visit(source);
  }
  return [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => join(folder, name));
}

function problemIn(node: ts.Node): ProblemCode | null {
  if (ts.isObjectLiteralExpression(node)) {
    const [code, meaning, meaningEn] = ["code", "message", "messageEn"].map((name) => textOf(propertyOf(node, name)));
    return code && meaning && meaningEn ? { code, meaning, meaningEn } : null;
  }
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "fault") {
    const [code, meaning, meaningEn] = node.arguments.map(textOf);
    return code && meaning && meaningEn ? { code, meaning, meaningEn } : null;
  }
  return null;
}

function propertyOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = object.properties.find((each) => each.name && ts.isIdentifier(each.name) && each.name.text === name);
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

/** The text of a string or template literal, or of several joined by `+`. */
function textOf(expression: ts.Expression | undefined): string | null {
  if (!expression) return null;
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (ts.isTemplateExpression(expression))
    return expression.head.text + expression.templateSpans.map((span) => `…${span.literal.text}`).join("");
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.PlusToken) return null;
  const [left, right] = [textOf(expression.left), textOf(expression.right)];
  return left !== null && right !== null ? left + right : null;
}

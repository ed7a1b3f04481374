import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { curlCommand } from "../../../gateway/screens/browser/client/share.ts";

test("the copied commands keep a persona and variables with quotes within their own words", () => {
  const hostile = "x'; echo broken; '";
  const copied = curlCommand("http://127.0.0.1:1", { query: "{ a }", variables: { hostile }, persona: hostile });
  const told = copied.replaceAll("curl ", "printf '%s\\n' ");
  const lines = execFileSync("sh", ["-c", told], { encoding: "utf8" }).split("\n");
  expect(lines).not.toContain("broken");
  expect(lines.at(-2)).toBe(JSON.stringify({ query: "{ a }", variables: { hostile } }));
});

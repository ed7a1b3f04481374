import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

const tracked = execFileSync("git", ["ls-files"], { cwd: projectPath(), encoding: "utf8" }).trim().split("\n");

/** File names in the comments of a text. JSON is left out: programs write such files at run time. */
function citedIn(text: string): string[] {
  const comments = [...text.matchAll(/(?:^|\s)(?:\/\/[^\n]*|\/\*[\s\S]*?\*\/)/g)].map(([comment]) => comment);
  return comments.flatMap(
    (comment) => comment.match(/[\w./-]*[\w-]+\.(?:ts|md|graphql|sql|py|csv|txt|mjs|cjs)\b/g) ?? [],
  );
}

function exists(cited: string): boolean {
  if (!cited.includes("/")) return tracked.some((path) => basename(path) === cited);
  const path = cited.replace(/^(\.\.?\/)+/, "");
  return tracked.some((each) => each === path || each.endsWith(`/${path}`));
}

test("a comment names only files that are in the repository", () => {
  const absent = tracked
    .filter((path) => /\.(ts|js|jsx|mjs|cjs)$/.test(path))
    .flatMap((path) => citedIn(readFileSync(projectPath(path), "utf8")).map((cited) => ({ path, cited })))
    .filter(({ cited }) => !exists(cited))
    .map(({ path, cited }) => `${path}: ${cited}`);
  expect(absent).toEqual([]);
});

test("a file that is not there is found in a comment", () => {
  expect(
    citedIn(`${"/"}** See births/former.ts. */\nconst a = 1; ${"/"}/ as FAULTS.md says`).filter(
      (each) => !exists(each),
    ),
  ).toEqual(["births/former.ts", "FAULTS.md"]);
});

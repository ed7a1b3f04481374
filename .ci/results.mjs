/**
 * Reads the test runner's JSON reports.
 *   node .ci/results.mjs failed REPORT                       the files that failed, one a line
 *   node .ci/results.mjs sum CHECK TESTS REPORT [SECOND]     skipped tests, then "N passed, N failed"
 * CHECK and TESTS are the exit codes of the gate and of the tests. SECOND has the files that failed in REPORT, run once more.
 * Exits with 1 when anything failed or no test passed.
 */
import { existsSync, readFileSync } from "node:fs";

const EMPTY = { testResults: [] };
const [mode, ...rest] = process.argv.slice(2);
const read = (path) => (path && existsSync(path) && JSON.parse(readFileSync(path, "utf8") || "null")) || EMPTY;
const failedFiles = ({ testResults }) => testResults.filter(({ status }) => status === "failed");
const testsOf = (files, status) =>
  files.flatMap(({ assertionResults }) => assertionResults).filter((test) => status.includes(test.status));

if (mode === "failed") {
  for (const { name } of failedFiles(read(rest[0]))) console.log(name);
} else {
  const [check, tests, firstPath, secondPath] = rest;
  const first = read(firstPath);
  const second = secondPath ? read(secondPath) : EMPTY;
  const again = new Map(second.testResults.map((file) => [file.name, file]));
  const files = first.testResults.map((file) => again.get(file.name) ?? file);
  const recovered = failedFiles(first).filter(({ name }) => again.get(name)?.status === "passed");
  if (recovered.length > 0) console.log("Failed beside the other files and passed alone:");
  for (const file of recovered) {
    const tests = testsOf([file], ["failed"]).map(({ fullName }) => fullName);
    for (const name of tests.length > 0 ? tests : [file.name]) console.log(`  ${name}`);
  }
  const skipped = testsOf(files, ["pending", "skipped", "todo", "disabled"]);
  if (skipped.length > 0) console.log("Skipped tests, with the reason in their names:");
  for (const { fullName } of skipped) console.log(`  ${fullName}`);
  const passed = testsOf(files, ["passed"]).length;
  const broken = failedFiles({ testResults: files }).filter((file) => testsOf([file], ["failed"]).length === 0).length;
  // an error outside of any test fails the run and no file
  const stray = Number(tests !== "0" && failedFiles(first).length === 0);
  const failed = testsOf(files, ["failed"]).length + broken + stray + Number(check !== "0");
  if (check !== "0") console.log("npm run check failed: see above");
  if (stray > 0) console.log("An error outside of any test: see above");
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}

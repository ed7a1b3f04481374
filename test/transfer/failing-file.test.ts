import { execFileSync, spawn } from "node:child_process";
import { existsSync, symlinkSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import type { TransferKind } from "../../subgraphs/_shared/transfer/transfer-kind.ts";
import { UnwritableFile, writeRecords } from "../../subgraphs/_shared/transfer/write-records.ts";
import { scratch } from "./empty-register.ts";

const files = scratch();
afterAll(files.remove);

const KIND: TransferKind = {
  ...{ name: "NOTE", columns: { text: "Nội dung" }, keyColumns: ["text"] },
  citizensOf: () => [],
  page: async () => ({ rows: [], next: null }),
};
/** Linux has a device that is always full. */
const FULL_DEVICE = existsSync("/dev/full");
/** More than the buffers of a stream and of a pipe. */
const MANY = Array.from({ length: 2_000 }, (_, n) => ({ text: `${n} ${"x".repeat(200)}` }));

describe("an export to a file that cannot be written", () => {
  // a draft that leads to a device, or is a pipe, fails as a disk does
  test.skipIf(!FULL_DEVICE)(
    "says that the disk is full at the end of few records and between many, and removes its draft",
    async () => {
      for (const rows of [[{ text: "one" }], MANY]) {
        const file = files.path(`full-${rows.length}.csv`);
        symlinkSync("/dev/full", `${file}.partial`);
        const writer = writeRecords(file, { format: "csv", headings: "en", kinds: [KIND] });
        const written = (async () => {
          await writer.write(KIND, rows);
          await writer.write(KIND, rows);
          await writer.end();
        })();
        await expect(written).rejects.toThrow(/full-\d+\.csv cannot be written: the disk is full/);
        await writer.discard();
        expect(existsSync(file)).toBe(false);
        expect(existsSync(`${file}.partial`)).toBe(false);
      }
    },
  );

  test.skipIf(!FULL_DEVICE)("fails at the end, too, when the stream has failed and closed long before", async () => {
    const file = files.path("late.csv");
    symlinkSync("/dev/full", `${file}.partial`);
    const writer = writeRecords(file, { format: "jsonl", headings: "en", kinds: [KIND] });
    await writer.write(KIND, [{ text: "one" }]);
    await expect
      .poll(() =>
        writer.write(KIND, []).then(
          () => false,
          () => true,
        ),
      )
      .toBe(true);
    await expect(writer.end()).rejects.toThrow(UnwritableFile);
  });

  test("says that the reader of a pipe has closed it", async () => {
    const file = files.path("pipe.jsonl");
    execFileSync("mkfifo", [`${file}.partial`]);
    spawn("head", ["-c", "1", `${file}.partial`], { stdio: "ignore" });
    const writer = writeRecords(file, { format: "jsonl", headings: "en", kinds: [KIND] });
    const written = (async () => {
      for (;;) await writer.write(KIND, MANY);
    })();
    await expect(written).rejects.toThrow(/the reader of the pipe has closed it/);
    await writer.discard();
  });

  test("says that the folder does not exist", async () => {
    const writer = writeRecords(files.path("none/file.csv"), { format: "csv", headings: "en", kinds: [KIND] });
    await expect(writer.end()).rejects.toThrow(/the folder does not exist/);
  });
});

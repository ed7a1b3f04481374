export type ProgressWriter<Progress> = { printProgress(progress: Progress): void; endLine(): void };

const PROGRESS_EVERY_MS = process.stderr.isTTY ? 200 : 5_000;

/** Progress on stderr, apart from the findings: one changing line on a terminal, else a line every five seconds. */
export function progressWriter<Progress>(lineOf: (progress: Progress) => string): ProgressWriter<Progress> {
  let last = 0;
  let open = false;
  return {
    printProgress(progress) {
      if (performance.now() - last < PROGRESS_EVERY_MS) return;
      last = performance.now();
      const line = lineOf(progress);
      process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
      open = process.stderr.isTTY;
    },
    endLine() {
      if (open) process.stderr.write("\r\x1b[K");
      open = false;
    },
  };
}

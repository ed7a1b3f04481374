/** A text that may be replaced while the gateway runs. */
export type WatchedSource = {
  /** @throws Error whose message or code gives the reason. */
  read(): Promise<string>;
  /** Calls back with each reading, changed or not, or with the reason why it failed, until closed. */
  watch(onReading: (reading: string | Error) => void): void;
  close(): void;
};

declare module "@20minutes/s3rver" {
  /** S3 server for tests: it verifies signatures of version 4 with the key S3RVER. */
  class S3rver {
    constructor(options: {
      address: string;
      port: number;
      directory: string;
      silent: boolean;
      configureBuckets: { name: string }[];
    });
    allowMismatchedSignatures: boolean;
    readonly middleware: ((context: { path: string }, next: () => Promise<void>) => Promise<void>)[];
    run(): Promise<{ address: string; port: number }>;
    close(): Promise<void>;
  }
  export = S3rver;
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "@20minutes/s3rver";

export type S3Store = {
  /** Variables of the gateway and the desk. */
  environment: NodeJS.ProcessEnv;
  /** Folder of the objects, in which each is a directory or several files that begin with its key. */
  directory: string;
  stop(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
};

/** S3-compatible store with an empty bucket, over the real protocol. */
export async function openS3Store(): Promise<S3Store> {
  const root = mkdtempSync(join(tmpdir(), "motcua-s3-"));
  const open = (port: number) => {
    const server = new S3rver({
      ...{ address: "127.0.0.1", port, directory: root, silent: true },
      configureBuckets: [{ name: "attachments" }],
    });
    // S3 signs the path as it is sent; this server forgets the slash at the end of a listing's path
    server.middleware.unshift((context, next) => {
      server.allowMismatchedSignatures = context.path.endsWith("/");
      return next();
    });
    return server;
  };
  let server = open(0);
  const { port } = await server.run();
  return {
    directory: join(root, "attachments"),
    environment: {
      ATTACHMENTS_S3_URL: `http://127.0.0.1:${port}/attachments`,
      ATTACHMENTS_S3_REGION: "us-east-1",
      ATTACHMENTS_S3_ACCESS_KEY_ID: "S3RVER",
      ATTACHMENTS_S3_SECRET_ACCESS_KEY: "S3RVER",
    },
    stop: () => server.close(),
    async start() {
      server = open(port);
      await server.run();
    },
    async remove() {
      await server.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

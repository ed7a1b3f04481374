import { constants, createReadStream, mkdirSync } from "node:fs";
import { access, appendFile, readFile, rename, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type AttachmentStore, digestOf, type StoredAttachment } from "./attachment-store.ts";

/** Attachments in a local folder. `DIGEST.owners` has a line for each upload, so that two uploads at once lose no owner. */
export function folderStore(directory: string): AttachmentStore {
  mkdirSync(directory, { recursive: true });
  const pathOf = (id: string) => join(directory, digestOf(id) ?? "none");

  async function factsOf(id: string): Promise<StoredAttachment | null> {
    if (!digestOf(id)) return null;
    const [facts] = await Promise.all([readFile(`${pathOf(id)}.json`, "utf8"), stat(pathOf(id))]).catch(() => [null]);
    return facts === null ? null : (JSON.parse(facts) as StoredAttachment); // written by `keep` alone
  }

  return {
    draftDirectory: directory,
    async isOwner(id, subject) {
      if (!(await factsOf(id))) return false;
      const owners = await readFile(`${pathOf(id)}.owners`, "utf8").catch(() => "");
      return owners.split("\n").includes(JSON.stringify(subject));
    },
    async read(id) {
      const facts = await factsOf(id);
      return facts && { type: facts.type, bytes: facts.bytes, stream: createReadStream(pathOf(id)) };
    },
    async keep({ path, id, type, bytes }, owner) {
      await appendFile(`${pathOf(id)}.owners`, `${JSON.stringify(owner)}\n`);
      if (await factsOf(id)) await utimes(pathOf(id), new Date(), new Date());
      else await rename(path, pathOf(id));
      await writeFile(`${path}.json`, JSON.stringify({ id, type, bytes }));
      await rename(`${path}.json`, `${pathOf(id)}.json`);
      return { id, type, bytes };
    },
    fault: () =>
      access(directory, constants.W_OK).then(
        () => undefined,
        () => "the folder cannot be written",
      ),
  };
}

import type { Desk } from "../desk.ts";
import type { Outcome, StoredProblem } from "../storage.ts";
import { attachmentId, hasPaperType } from "./file-content.ts";
import { type FileProblem, fileNeedsLine, fileNotKept, fileTypeRefused } from "./file-problems.ts";
import type { KeptFiles } from "./kept-files.ts";
import { namedAttachments } from "./named-attachments.ts";
import { type Upload, upload } from "./upload.ts";

/** A file that this browser does not have any more; the gateway may have it. */
type Absent = { state: "ABSENT" };

export type Attachments = ReturnType<typeof openAttachments>;

/** Files of requests: kept in the browser when they are chosen, uploaded while the line is up, and at the latest before their request. */
export function openAttachments(desk: Desk, files: KeptFiles) {
  const sending = new Map<string, Promise<Upload | Absent>>();

  /** Keeps a chosen file. A page that cannot digest it uploads it at once. */
  async function keep(file: File): Promise<{ id: string } | { problem: FileProblem }> {
    if (!(await hasPaperType(file))) return { problem: fileTypeRefused() };
    const id = await attachmentId(file);
    try {
      if (!id) return await keepUploaded(file);
      await files.keep(id, file);
      return { id };
    } catch {
      return { problem: fileNotKept() };
    }
  }

  async function keepUploaded(file: File): Promise<{ id: string } | { problem: FileProblem }> {
    const sent = await upload(desk.session.persona, file, () => {});
    if (sent.state !== "SENT") return { problem: sent.state === "REFUSED" ? sent.problem : fileNeedsLine() };
    await files.keep(sent.id, file);
    await files.noteUpload(sent.id, Date.now());
    return { id: sent.id };
  }

  /** Uploads a kept file, or joins its upload that is under way. */
  function send(id: string, progress: (share: number) => void = () => {}): Promise<Upload | Absent> {
    const started = sending.get(id) ?? sendKept(id, progress).finally(() => sending.delete(id));
    sending.set(id, started);
    return started;
  }

  async function sendKept(id: string, progress: (share: number) => void): Promise<Upload | Absent> {
    const kept = await files.read(id);
    if (!kept) return { state: "ABSENT" };
    if (files.isUploaded(kept)) return { state: "SENT", id };
    const sent = await upload(desk.session.persona, kept.content, progress);
    if (sent.state === "SENT") await files.noteUpload(id, Date.now());
    if (sent.state === "DELAYED") await desk.checkLine();
    return sent;
  }

  /**
   * Uploads the files that a request names; the graph tells if an absent one is unknown.
   * @returns undefined once the gateway has them all; otherwise what becomes of the request
   */
  async function sendNamed(input: unknown): Promise<Outcome | undefined> {
    const problems: StoredProblem[] = [];
    for (const { id, path } of namedAttachments(input)) {
      const sent = await send(id);
      if (sent.state === "DELAYED") return { state: "WAITING", failure: sent.failure };
      if (sent.state === "REFUSED") problems.push({ ...sent.problem, path });
    }
    return problems.length > 0 ? { state: "REFUSED", problems } : undefined;
  }

  return {
    ...{ keep, send, sendNamed },
    isLineUp: desk.isLineUp,
    nameOf: async (id: string) => (await files.read(id))?.name,
    /** Forgets the uploads of a request whose attachments the gateway does not have any more. */
    async forgetUploads(input: unknown): Promise<void> {
      for (const { id } of namedAttachments(input)) await files.noteUpload(id, undefined);
    },
    removeUnnamed: files.removeUnnamed,
    spare: files.spare,
  };
}

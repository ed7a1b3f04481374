import { authorized } from "../../client/authorization.ts";
import { texts } from "../texts.ts";
import { type FileProblem, fileInfected, filesNotTaken, fileTooLong, fileTypeRefused } from "./file-problems.ts";

/** Result of an upload. `DELAYED`: it may succeed later. */
export type Upload =
  | { state: "SENT"; id: string }
  | { state: "REFUSED"; problem: FileProblem }
  | { state: "DELAYED"; failure: string };

/** Time limit without any progress; the scan of a large file takes seconds. */
const SILENCE_MS = 60_000;

type Body = {
  id?: string;
  errors?: { message: string; extensions?: { limit?: { allowed: number } } }[];
} | null;
type Answered = { status: number; body: Body };
/** In place of an answer where nobody issues a token now. */
const NONE: Answered = { status: 0, body: null };

/** Sends a file to `POST /attachments`; `progress` hears of the share that is sent. */
export async function upload(persona: string, content: Blob, progress: (share: number) => void): Promise<Upload> {
  return uploadOf(await authorized(persona, {}, async (header) => (header ? post(header, content, progress) : NONE)));
}

function post(header: string, content: Blob, progress: (share: number) => void): Promise<Answered> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest(); // fetch tells no progress of what it sends
    let silence: ReturnType<typeof setTimeout> | undefined;
    const wait = () => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), SILENCE_MS);
    };
    request.open("POST", "/attachments");
    request.responseType = "json";
    request.setRequestHeader("authorization", header);
    request.setRequestHeader("content-type", content.type || "application/octet-stream");
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      wait();
      progress(loaded / total);
    });
    request.addEventListener("loadend", () => {
      clearTimeout(silence);
      resolve({ status: request.status, body: request.response as Body });
    });
    wait();
    request.send(content);
  });
}

function uploadOf({ status, body }: Answered): Upload {
  if (status === 201 && body?.id) return { state: "SENT", id: body.id };
  const { message = texts.files.unanswered, extensions } = body?.errors?.[0] ?? {};
  const problem = {
    404: filesNotTaken,
    413: () => fileTooLong(extensions?.limit?.allowed),
    415: fileTypeRefused,
    422: fileInfected,
  }[status];
  return problem ? { state: "REFUSED", problem: problem() } : { state: "DELAYED", failure: message };
}

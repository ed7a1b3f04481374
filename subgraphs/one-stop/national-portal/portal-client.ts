import { request } from "undici";
import * as z from "zod";
import type { PortalDossier } from "./comparison.ts";
import type { PortalAccount } from "./configuration.ts";
import type { Block } from "./dossier-snapshot.ts";
import type { Mappings } from "./mappings.ts";

/** The portal gave no usable answer: whether it did what was asked is unknown. */
export class PortalUnavailable extends Error {}

/** The portal refuses a message; `code` and `words` are its own. */
export class PortalRefusal extends Error {
  readonly code: string;
  readonly words: string;
  constructor(code: string, words: string) {
    super(`${code} ${words}`.trim());
    this.code = code;
    this.words = words;
  }
}

/** Services of the national portal, see PROTOCOL.md. All throw PortalUnavailable, PortalRefusal. */
export type NationalPortal = {
  /** The dossier as the portal has it; null if it does not know it. */
  find(code: string): Promise<PortalDossier | null>;
  /** Creates a dossier, or replaces its data. */
  synchronise(snapshot: Block, isUpdating: boolean): Promise<void>;
  addStep(step: Block): Promise<void>;
};

const LONGEST_WORDS = 1_000;
const LOGGED_IN = "0";
const DONE = "00";

const answerShape = z.looseObject({ error_code: z.coerce.string() });
type PortalAnswer = z.infer<typeof answerShape>;
const blockShape: z.ZodType<Block> = z.lazy(() => z.record(z.string(), z.union([z.string(), z.array(blockShape)])));
const stepsShape = z.array(z.looseObject({ ThoiDiemXuLy: z.string(), TrangThai: z.string() }));

/** Client with one session for all calls of this process. */
export function nationalPortal(
  { url, logInUrl, username, password, unit }: PortalAccount,
  { answerNames, unknownDossierErrors }: Pick<Mappings, "answerNames" | "unknownDossierErrors">,
  timeoutMs: number,
): NationalPortal {
  let current: Promise<string> | undefined;

  async function logIn(): Promise<string> {
    const answer = await post(logInUrl, { username, password }, timeoutMs);
    const { error_code: code, session } = answer;
    if (code === LOGGED_IN && typeof session === "string" && session !== "") return session;
    throw new PortalUnavailable(`The log-in was refused: ${code} ${wordsOf(answer)}`);
  }

  /** The session of this process; a new one unless another call has replaced `used` already. */
  function session(used?: Promise<string>): Promise<string> {
    if (!current || current === used) {
      const next = logIn();
      current = next;
      next.catch(() => {
        if (current === next) current = undefined;
      });
    }
    return current;
  }

  /**
   * Calls a service. The code of an expired session is not published, so any refusal under a session from before this call is
   * repeated once under a new one: a refused message was not executed.
   */
  async function call(service: string, isUpdating: boolean, data: readonly object[]): Promise<PortalAnswer> {
    const wasLoggedIn = current !== undefined;
    const used = session();
    const message = { madonvi: unit, service, isUpdating: isUpdating ? "True" : "False", data };
    const answer = await post(url, { session: await used, ...message }, timeoutMs);
    if (answer.error_code === DONE || !wasLoggedIn) return answer;
    return post(url, { session: await session(used), ...message }, timeoutMs);
  }

  async function update(service: string, isUpdating: boolean, block: Block): Promise<void> {
    const answer = await call(service, isUpdating, [block]);
    if (answer.error_code !== DONE) throw new PortalRefusal(answer.error_code, wordsOf(answer));
  }

  function wordsOf(answer: PortalAnswer): string {
    const words = answer[answerNames.words];
    return (typeof words === "string" ? words : "").slice(0, LONGEST_WORDS);
  }

  return {
    async find(code) {
      const answer = await call("TraCuuHoSo", false, [{ MaHoSo: code }]);
      if (unknownDossierErrors.includes(answer.error_code)) return null;
      if (answer.error_code !== DONE)
        throw new PortalUnavailable(`TraCuuHoSo was refused: ${answer.error_code} ${wordsOf(answer)}`);
      const found = z.array(z.looseObject({ MaHoSo: z.string() })).safeParse(answer[answerNames.dossiers]);
      if (!found.success) throw new PortalUnavailable(`The answer of TraCuuHoSo has no list ${answerNames.dossiers}`);
      const dossier = found.data.find(({ MaHoSo }) => MaHoSo === code);
      return dossier ? portalDossier(dossier, answerNames.steps) : null;
    },
    synchronise: (snapshot, isUpdating) => update("DongBoHoSoMC", isUpdating, snapshot),
    addStep: (step) => update("CapNhatTienDoHoSoMC", false, step),
  };
}

/** Calls the portal. @throws PortalUnavailable unless it answers with a code */
async function post(address: string, body: object, timeoutMs: number): Promise<PortalAnswer> {
  try {
    const response = await request(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.body.text();
    if (response.statusCode !== 200) throw new Error(`HTTP ${response.statusCode}: ${text.slice(0, LONGEST_WORDS)}`);
    return answerShape.parse(JSON.parse(text));
  } catch (error) {
    throw new PortalUnavailable(error instanceof z.ZodError ? "The answer has no error_code" : messageOf(error));
  }
}

function portalDossier({ ...answered }: Record<string, unknown>, listOfSteps: string): PortalDossier {
  const steps = stepsShape.safeParse(answered[listOfSteps]);
  delete answered[listOfSteps];
  const snapshot = blockShape.safeParse(answered);
  if (!snapshot.success) throw new PortalUnavailable("The answer of TraCuuHoSo has values that are no texts");
  return {
    snapshot: snapshot.data,
    steps: steps.success
      ? steps.data.map(({ ThoiDiemXuLy, TrangThai }) => ({ at: ThoiDiemXuLy, status: TrangThai }))
      : null,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

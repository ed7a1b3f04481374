import { personaHeader } from "./persona-token.ts";

type Asked = {
  signal?: AbortSignal | undefined;
  /** True for a subscription, which waits while a person has to sign in again. */
  isPatient?: boolean;
};

/** Source of the Authorization header of operations. */
export type Authorization = {
  /** Header of a persona; undefined for "", which is anonymous, and where nobody issues a token now. */
  header(persona: string, asked?: Asked): Promise<string | undefined>;
  /** Replaces a header that the gateway has refused. False: there is no other now. */
  renew(refused: string): Promise<boolean>;
  /** True where a refused token means that a person has to sign in again. */
  isOfPerson: boolean;
};

const demo: Authorization = {
  header: (persona, asked) => personaHeader(persona, asked?.signal),
  renew: async () => false,
  isOfPerson: false,
};
let current = demo;

/** Tokens of the demo's personas, unless a person has signed in. */
export const authorization = (): Authorization => current;

/** Sends a request with the persona's header. One that the gateway refuses for its token was not executed, and is sent once more. */
export async function authorized<Answered extends { status: number }>(
  persona: string,
  asked: Asked,
  send: (header: string | undefined) => Promise<Answered>,
): Promise<Answered> {
  const header = await current.header(persona, asked);
  const answered = await send(header);
  if (answered.status !== 401 || !header || !(await current.renew(header))) return answered;
  return send(await current.header(persona, asked));
}

const hearers: (() => void)[] = [];

/** Reads again what was refused while the person's token had ended. */
export function whenSignedInAgain(read: () => void): void {
  hearers.push(read);
}

export function tellSignedInAgain(): void {
  for (const read of hearers) read();
}

export function authorizeBy(other: Authorization): void {
  current = other;
}

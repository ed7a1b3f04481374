const REMEMBERED = "motcua:persona";
const RENEW_MS = 3_000_000; // tokens live an hour

let persona = localStorage.getItem(REMEMBERED) ?? "clerk";
let token;

/** What the demo offers at an address below /dev, or undefined outside demo mode. */
export async function fromDemo(path) {
  const response = await fetch(`/dev/${path}`);
  return response.ok ? response.json() : undefined;
}

export function currentPersona() {
  return persona;
}

/** Whose token the next requests bear; "" is the anonymous public. */
export function choosePersona(name) {
  persona = name;
  token = undefined;
  localStorage.setItem(REMEMBERED, name);
}

/** The bearer header of the chosen persona, or undefined for the public. */
export async function personaHeader() {
  if (!persona) return undefined;
  if (!token || token.until < Date.now()) {
    const issued = await fromDemo(`token?persona=${encodeURIComponent(persona)}`);
    if (!issued) return undefined;
    token = { value: issued.access_token, until: Date.now() + RENEW_MS };
  }
  return `Bearer ${token.value}`;
}

/** Claims of a token in the form of a JWT, which the gateway verifies; a screen only shows them. */
export function tokenClaims<Claims>(token: string): Claims {
  const [, payload = ""] = token.split(".");
  const bytes = Uint8Array.from(atob(payload.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Claims; // the caller names the claims of its issuer
}

import type { Session } from "../client/kept-session.ts";
import { language } from "../client/language.ts";
import { tellOtherTabs } from "./other-tabs.ts";
import { authorizationServer, type Provider, redirectUri } from "./provider.ts";
import { forgetTokens, keptTokens } from "./tokens.ts";

/** Signs out here, in the person's other tabs, and at the issuer (OpenID Connect RP-Initiated Logout) where it offers that. */
export async function signOutAtProvider(provider: Provider, session: Session): Promise<void> {
  tellOtherTabs({ kind: "signed out", subject: session.subject });
  const server = await authorizationServer(provider).catch(() => undefined);
  const { idToken } = keptTokens() ?? {};
  forgetTokens(); // only now, since the page still asks
  if (!server?.end_session_endpoint) return location.reload();
  const address = new URL(server.end_session_endpoint);
  address.searchParams.set("client_id", provider.clientId);
  address.searchParams.set("post_logout_redirect_uri", redirectUri());
  address.searchParams.set("ui_locales", language);
  if (idToken) address.searchParams.set("id_token_hint", idToken);
  location.assign(address);
}

import { configuredProvider } from "../sign-in/provider.ts";
import { providerPanel } from "../sign-in/provider-panel.ts";
import { element } from "./element.ts";
import { language } from "./language.ts";
import { type Session, signIn } from "./session.ts";

const TEXTS = {
  vi: {
    title: "Đăng nhập",
    hint: "Chế độ thử nghiệm: chọn vai và nơi làm việc, không cần mật khẩu.",
    persona: "Vai",
    commune: "Mã xã, phường nơi làm việc",
    enter: "Vào làm việc",
    failed: "Không lấy được mã truy cập. Hãy kiểm tra mã xã và đường truyền, rồi thử lại.",
  },
  en: {
    title: "Sign in",
    hint: "Demo mode: choose a role and a place of work; there is no password.",
    persona: "Role",
    commune: "Commune code of the place of work",
    enter: "Begin to work",
    failed: "No token was issued. Check the commune code and the line, and try again.",
  },
};
const DEFAULT_COMMUNE = "31471";

/** Sign-in for some roles: at the issuer where one is configured, otherwise as a persona of the demo. */
export function signInPanel(
  screen: string,
  personas: readonly { persona: string; name: string }[],
  entered: (session: Session) => void,
): HTMLElement {
  const provider = configuredProvider();
  if (!provider) return personaPanel(screen, personas, entered);
  const roles = personas.map(({ persona }) => persona);
  return providerPanel(provider, screen, roles, entered);
}

/** Form that signs in as one of some personas of the demo at a commune. */
function personaPanel(
  screen: string,
  personas: readonly { persona: string; name: string }[],
  entered: (session: Session) => void,
): HTMLElement {
  const texts = TEXTS[language];
  const options = personas.map(({ persona, name }) => element("option", { value: persona }, name));
  const persona = element("select", { id: "sign-in-persona" }, options);
  const commune = element("input", { id: "sign-in-commune", inputmode: "numeric", value: DEFAULT_COMMUNE });
  const fault = element("p", { class: "fault", role: "alert", hidden: true }, texts.failed);

  async function enter(event: Event): Promise<void> {
    event.preventDefault();
    const session = await signIn(screen, `${persona.value}@${commune.value.trim()}`);
    fault.hidden = session !== undefined;
    if (session) entered(session);
  }

  return element(
    "form",
    { class: "card sign-in", submit: enter },
    element("h2", {}, texts.title),
    element("p", { class: "hint" }, texts.hint),
    element("label", { for: "sign-in-persona" }, texts.persona),
    persona,
    element("label", { for: "sign-in-commune" }, texts.commune),
    commune,
    fault,
    element("button", { type: "submit" }, texts.enter),
  );
}

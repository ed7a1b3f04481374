import { language } from "../client/language.ts";
import { type Provider, providerName } from "./provider.ts";
import type { SignInFault } from "./sign-in-fault.ts";

type Texts = {
  title: string;
  account: string;
  signIn: string;
  leaving: string;
  reading: string;
  ended: string;
  signInAgain: string;
  mayClose: string;
  otherPerson(person: string): string;
  faults: Record<SignInFault["kind"], (detail: string) => string>;
};

/** Texts of the sign-in, which name the issuer by its host. */
export function signInTexts(provider: Provider): Texts {
  const name = providerName(provider);
  return language === "en" ? english(name) : vietnamese(name);
}

/** Reason of a fault and its remedy. */
export function faultText(provider: Provider, { kind, detail }: SignInFault): string {
  return signInTexts(provider).faults[kind](detail);
}

function vietnamese(name: string): Texts {
  return {
    title: "Đăng nhập",
    account: `Tài khoản do ${name} quản lý; trang này không nhận mật khẩu.`,
    signIn: `Đăng nhập qua ${name}`,
    leaving: `Đang chuyển đến ${name}…`,
    reading: "Đang đăng nhập…",
    ended: "Phiên đăng nhập đã hết hạn. Nội dung đã nhập vẫn còn trên trang này.",
    signInAgain: "Đăng nhập lại",
    mayClose: "Đã đăng nhập. Có thể đóng cửa sổ này và làm việc tiếp.",
    otherPerson: (person) =>
      `Người vừa đăng nhập không phải là người đang làm việc trên trang này (${person}). Hãy đăng nhập lại bằng tài khoản đó, hoặc đăng xuất trước.`,
    faults: {
      "insecure page": () => "Chỉ đăng nhập được khi trang được mở qua https. Hãy báo quản trị viên.",
      unreachable: () =>
        `Không kết nối được với ${name}. Hãy kiểm tra đường truyền rồi thử lại; nếu vẫn không được, hãy báo quản trị viên kiểm tra địa chỉ và CORS của máy chủ đăng nhập.`,
      "foreign response": () =>
        "Kết quả đăng nhập không ứng với lần đăng nhập nào bắt đầu trên thẻ này nên không được chấp nhận. Hãy đăng nhập lại từ đầu.",
      denied: () =>
        `${name} không cho phép trang này dùng tài khoản. Hãy đăng nhập lại và chọn đồng ý; nếu không có lựa chọn đó, hãy liên hệ quản trị viên.`,
      busy: (code) => `${name} đang bận hoặc gặp sự cố (${code}). Hãy thử lại sau ít phút.`,
      "stale code": () => "Mã đăng nhập đã hết hạn hoặc đã được dùng. Hãy đăng nhập lại.",
      unverified: (code) =>
        `Không xác minh được kết quả đăng nhập (${code}). Hãy kiểm tra ngày giờ của máy rồi đăng nhập lại; nếu vẫn không được, hãy báo quản trị viên.`,
      misconfigured: (code) =>
        `${name} không chấp nhận yêu cầu của trang này (${code}). Hãy báo quản trị viên kiểm tra cấu hình đăng nhập.`,
      "refused token": (message) =>
        `Cổng không chấp nhận mã truy cập của ${name}: “${message}”. Hãy báo quản trị viên kiểm tra cấu hình mã truy cập.`,
      "wrong role": (roles) =>
        `Tài khoản không có vai được dùng trang này (${roles}). Hãy đăng nhập bằng tài khoản khác, hoặc đề nghị quản trị viên cấp vai.`,
    },
  };
}

function english(name: string): Texts {
  return {
    title: "Sign in",
    account: `${name} keeps your account; this page takes no password.`,
    signIn: `Sign in at ${name}`,
    leaving: `Going to ${name}…`,
    reading: "Signing in…",
    ended: "Your sign-in has ended. All that you typed is still on this page.",
    signInAgain: "Sign in again",
    mayClose: "You are signed in. You may close this window and go on working.",
    otherPerson: (person) =>
      `The person who signed in is not the one who works on this page (${person}). Sign in with that account, or sign out first.`,
    faults: {
      "insecure page": () => "Sign-in works only if the page is opened over https. Please tell an administrator.",
      unreachable: () =>
        `${name} cannot be reached. Check the line and try again; if that does not help, ask an administrator to check the address and CORS of the issuer.`,
      "foreign response": () =>
        "This response belongs to no sign-in that was begun in this tab, so it is not accepted. Please begin again.",
      denied: () =>
        `${name} does not let this page use the account. Sign in again and give your consent; if you are not asked for it, contact an administrator.`,
      busy: (code) => `${name} is busy or has a fault (${code}). Try again in a few minutes.`,
      "stale code": () => "The code of this sign-in has expired or was used already. Please sign in again.",
      unverified: (code) =>
        `The response of the sign-in could not be verified (${code}). Check date and time of this machine and sign in again; if that does not help, tell an administrator.`,
      misconfigured: (code) =>
        `${name} does not accept the request of this page (${code}). Ask an administrator to check the configuration of the sign-in.`,
      "refused token": (message) =>
        `The gateway does not accept the access token of ${name}: “${message}”. Ask an administrator to check the configuration of tokens.`,
      "wrong role": (roles) =>
        `The account has no role for this page (${roles}). Sign in with another account, or ask an administrator for the role.`,
    },
  };
}

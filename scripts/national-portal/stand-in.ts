import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import * as z from "zod";
import { closeServer, listen, readBody, sendJson } from "../../subgraphs/_shared/serving/http.ts";
import { FAULTS, type Faults, faults } from "./faults.ts";
import { questionRule, snapshotRule, stepRule } from "./message-rules.ts";
import { type PortalRegister, portalRegister, Refused } from "./portal-register.ts";
import { registerPage } from "./register-page.ts";

const BODY_LIMIT = 1_000_000;

export type StandInOptions = {
  port: number;
  username: string;
  password: string;
  /** Code of the unit that may send. */
  unit: string;
  /** File of the register; without it the register ends with the process. */
  file?: string;
};

/** Stand-in of the national portal, with the exchange of PROTOCOL.md. */
export type PortalStandIn = {
  url: string;
  register: PortalRegister;
  faults: Faults;
  /** Every message that came, with the service or LOGIN, in order. */
  received: { service: string; dossier: string }[];
  /** Ends all sessions. */
  endSessions(): void;
  close(): Promise<void>;
};

type Serving = Omit<PortalStandIn, "url" | "close"> &
  Omit<StandInOptions, "port" | "file"> & {
    sessions: Set<string>;
    /** Messages that are done after the next one. */
    late: Buffer[];
  };

const messageRule = z.strictObject({
  ...{ session: z.string(), madonvi: z.string(), service: z.string() },
  ...{ isUpdating: z.enum(["True", "False"]), data: z.array(z.unknown()).length(1) },
});

export async function serveNationalPortal({ port, file, ...account }: StandInOptions): Promise<PortalStandIn> {
  const sessions = new Set<string>();
  const serving: Serving = {
    ...{ ...account, sessions, register: portalRegister(file), faults: faults(), received: [], late: [] },
    endSessions: () => sessions.clear(),
  };
  const server = createServer((request, response) => {
    receive(serving, request, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 400, { error: String(error) });
    });
  });
  const url = `http://127.0.0.1:${await listen(server, port)}`;
  return { ...serving, url, close: () => closeServer(server) };
}

async function receive(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
  if (request.method === "GET") return show(serving, response, pathname);
  if (request.method !== "POST") return sendJson(response, 405, { error: "Only GET and POST" });
  if (pathname === "/faults" || pathname === "/lose") {
    const done = play(serving, pathname, searchParams);
    return sendJson(response, done ? 200 : 400, done ? serving.faults.all() : { error: `fault is one of ${FAULTS}` });
  }
  const body = await readBody(request, BODY_LIMIT);
  if (serving.faults.strikes("AWAY")) return void request.socket.destroy();
  if (serving.faults.strikes("BROKEN")) return void response.writeHead(502).end("<h1>Bad Gateway</h1>");
  const isLogIn = pathname === "/login";
  if (!isLogIn && serving.faults.strikes("LATE")) {
    serving.late.push(body);
    return void request.socket.destroy();
  }
  const answer = isLogIn ? logIn(serving, body) : answerTo(serving, body);
  if (!isLogIn && serving.faults.strikes("REPEATS")) answerTo(serving, body);
  for (const late of serving.late.splice(0)) answerTo(serving, late);
  if (serving.faults.strikes("LOSES_ANSWERS")) return void request.socket.destroy();
  sendJson(response, 200, answer);
}

function show({ register, faults: switches }: Serving, response: ServerResponse, path: string): void {
  if (path === "/health/ready") sendJson(response, 200, { status: "ready", part: "national-portal" });
  else if (path === "/dossiers") sendJson(response, 200, register.all());
  else if (path === "/")
    response
      .writeHead(200, { "content-type": "text/html; charset=utf-8" })
      .end(registerPage(register.all(), switches.all()));
  else sendJson(response, 404, { error: "No such page" });
}

/** Switches a fault, ends the sessions, or loses a dossier or its last steps. */
function play({ faults: switches, register, endSessions }: Serving, path: string, query: URLSearchParams): boolean {
  if (path === "/lose") {
    const steps = query.get("steps");
    register.lose(query.get("dossier") ?? "", steps === null ? undefined : Number(steps));
    return true;
  }
  if (query.get("fault") === "SESSION_ENDS") {
    endSessions();
    return true;
  }
  const fault = FAULTS.find((each) => each === query.get("fault"));
  if (fault) switches.set(fault, Number(query.get("times") ?? Number.MAX_SAFE_INTEGER));
  return fault !== undefined;
}

function logIn({ received, sessions, username, password }: Serving, body: Buffer): object {
  received.push({ service: "LOGIN", dossier: "" });
  const given = z.strictObject({ username: z.string(), password: z.string() }).safeParse(parsed(body));
  if (!given.success || given.data.username !== username || given.data.password !== password)
    return { session: "", error_code: "1", message: "Tên đăng nhập hoặc mật khẩu không đúng" };
  const session = randomUUID();
  sessions.add(session);
  return { session, error_code: "0" };
}

function answerTo(serving: Serving, body: Buffer): object {
  try {
    return { error_code: "00", ...answered(serving, parsed(body)) };
  } catch (error) {
    if (error instanceof Refused) return { error_code: error.code, message: error.message };
    if (error instanceof z.ZodError)
      return { error_code: "02", message: `Dữ liệu không hợp lệ: ${error.issues.map(issueText).join("; ")}` };
    throw error;
  }
}

const issueText = ({ path, message }: { path: PropertyKey[]; message: string }) => `${path.join(".")} ${message}`;

function answered(serving: Serving, message: unknown): object {
  const { register, faults: switches, sessions, unit, received } = serving;
  const { session, madonvi, service, isUpdating, data } = messageRule.parse(message);
  if (!sessions.has(session)) throw new Refused("97", "Phiên làm việc không tồn tại hoặc đã hết hạn");
  if (madonvi !== unit) throw new Refused("98", `Đơn vị ${madonvi} không được kết nối`);
  const [block] = data;
  received.push({ service, dossier: String((block as { MaHoSo?: unknown }).MaHoSo) });
  if (service === "TraCuuHoSo") {
    const entry = register.find(questionRule.parse(block).MaHoSo);
    const steps = entry?.steps.map(({ ThoiDiemXuLy, TrangThai }) => ({ ThoiDiemXuLy, TrangThai }));
    const listed = switches.strikes("HIDES_STEPS") ? {} : { DanhSachTienDo: steps };
    return { result: entry ? [{ ...entry.snapshot, ...listed }] : [] };
  }
  if (switches.strikes("REFUSES")) throw new Refused("99", "Hệ thống Cổng từ chối xử lý, đề nghị liên hệ hỗ trợ");
  if (service === "DongBoHoSoMC") register.synchronise(snapshotRule.parse(block), isUpdating === "True");
  else if (service === "CapNhatTienDoHoSoMC") register.addStep(stepRule.parse(block), switches.strikes("LENIENT"));
  else throw new Refused("01", `Không có dịch vụ ${service}`);
  return {};
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Refused("02", "Nội dung không phải là JSON");
  }
}

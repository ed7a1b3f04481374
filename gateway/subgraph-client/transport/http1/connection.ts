import { connect, type Socket } from "node:net";
import { failureFrom, SubgraphFailure } from "../../subgraph-failure.ts";
import type { Endpoint } from "../endpoint.ts";
import { CONNECT_MS } from "../transport-limits.ts";
import { type Response, ResponseReader } from "./response-reader.ts";

const PROBE_MS = 60_000;
/** What comes off all connections is read here, one after the other; nobody keeps any of it. */
const READ = Buffer.allocUnsafeSlow(65_536);

/** What a connection carries: a request, and whoever waits for its response. One of both is called, once. */
export type Load = {
  readonly request: string;
  responded(response: Response): void;
  failed(why: SubgraphFailure): void;
};

/** Where connections belong. */
export type Home = {
  /** It has carried its load and can carry another one. */
  free(connection: Connection): void;
  /** It is closed. */
  gone(connection: Connection): void;
};

/** A connection to a subgraph, which carries one request at a time. */
export class Connection {
  private readonly home: Home;
  private readonly socket: Socket;
  private readonly connecting: NodeJS.Timeout;
  private load: Load | undefined;
  private reader = new ResponseReader();
  /** `performance.now()` milliseconds after which the subgraph may close it at any moment. */
  private keptUntil = Number.POSITIVE_INFINITY;
  private isClosed = false;

  constructor(place: Endpoint, home: Home) {
    this.home = home;
    const { hostname, port } = new URL(place.origin);
    const to = place.socketPath
      ? { path: place.socketPath }
      : { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) || 80, noDelay: true };
    const callback = (length: number) => this.came(READ.subarray(0, length));
    this.socket = connect({
      ...to,
      keepAlive: true,
      keepAliveInitialDelay: PROBE_MS,
      onread: { buffer: READ, callback },
    });
    // After a moment in which nothing could run the connection may be there and not be known yet: it is looked for once more.
    this.connecting = setTimeout(() => setImmediate(() => this.giveUpConnecting()), CONNECT_MS);
    this.socket.once("connect", () => clearTimeout(this.connecting));
    this.socket.on("error", (error) => this.close(failureFrom(error)));
    this.socket.once("end", () => this.ended());
    this.socket.once("close", () => this.close(broken()));
  }

  /** Whether it can carry something now; closes it if it has been idle for too long. */
  isUsable(): boolean {
    if (performance.now() >= this.keptUntil) this.close(broken());
    return !this.isClosed && !this.load;
  }

  carry(load: Load): void {
    this.load = load;
    this.socket.write(load.request, "latin1");
  }

  /** Whoever waits is told `why`. */
  close(why: SubgraphFailure): void {
    if (this.isClosed) return;
    this.isClosed = true;
    clearTimeout(this.connecting);
    this.socket.destroy();
    this.home.gone(this);
    const { load } = this;
    this.load = undefined;
    load?.failed(why);
  }

  private giveUpConnecting(): void {
    if (this.socket.connecting) this.close(new SubgraphFailure("no connection came about", "failed"));
  }

  private came(bytes: Buffer): boolean {
    if (this.isClosed) return false;
    if (!this.load) {
      this.close(broken()); // nobody has asked: whatever it is, it must not become the answer of the next one
      return false;
    }
    let response: Response | undefined;
    try {
      response = this.reader.read(bytes);
    } catch (error) {
      this.close(failureFrom(error));
    }
    if (response) this.responded(response);
    return !this.isClosed;
  }

  private ended(): void {
    const response = this.load && this.reader.end();
    if (response) this.responded(response);
    this.close(broken());
  }

  private responded(response: Response): void {
    const { load } = this;
    const { keptMs } = response;
    this.load = undefined;
    this.reader = new ResponseReader();
    this.keptUntil = performance.now() + keptMs;
    // where the answer came before the request was gone, nobody knows whether the rest of it will be read
    if (keptMs > 0 && this.socket.writableLength === 0) this.home.free(this);
    else this.close(broken());
    load?.responded(response);
  }
}

function broken(): SubgraphFailure {
  return new SubgraphFailure("the connection broke", "disconnected");
}

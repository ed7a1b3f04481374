/** Start of a message of the library about an operation: its id stands first. */
const OPERATION = /^\{"id":"(\d+)","type":"(\w+)"/;
const LAST_MESSAGES = new Set(["complete", "error"]);

/**
 * Names of a connection's operations for the protocol's library. A client may use an id again as soon as it has completed its
 * operation, while the library still ends that one and would take the two for the same.
 */
export class OperationIds {
  private readonly names = new Map<string, string>();
  private readonly ids = new Map<string, string>();
  private count = 0;

  /** Name of a new operation; undefined if its id is in use. */
  begin(id: string): string | undefined {
    if (this.names.has(id)) return undefined;
    this.count += 1;
    const name = String(this.count);
    this.names.set(id, name);
    this.ids.set(name, id);
    return name;
  }

  /** Ends the operation of an id. @returns its name; undefined if there is none */
  end(id: string): string | undefined {
    const name = this.names.get(id);
    if (name === undefined) return undefined;
    this.names.delete(id);
    this.ids.delete(name);
    return name;
  }

  /** A message of the library with the client's id; undefined for an operation that the client has completed. */
  forClient(message: string): string | undefined {
    const [start, name = "", type = ""] = OPERATION.exec(message) ?? [];
    if (start === undefined) return message;
    const id = this.ids.get(name);
    if (id === undefined) return undefined;
    if (LAST_MESSAGES.has(type)) this.end(id);
    return `{"id":${JSON.stringify(id)},"type":"${type}"${message.slice(start.length)}`;
  }
}

/** The part of the package `smpp` that the desk uses; it brings no types. Names of fields are those of SMPP 3.4. */
declare module "smpp" {
  import type { EventEmitter } from "node:events";
  import type { Server as NetServer, Socket } from "node:net";
  import type { ConnectionOptions } from "node:tls";

  namespace smpp {
    type Fields = Readonly<Record<string, string | number | Buffer | undefined>>;
    type Pdu = {
      command: string;
      command_status: number;
      message_id?: string;
      source_addr?: string;
      destination_addr?: string;
      esm_class?: number;
      data_coding?: number;
      registered_delivery?: number;
      user_message_reference?: number;
      receipted_message_id?: string;
      system_id?: string;
      password?: string;
      short_message?: { message: string | Buffer };
      response(fields?: Fields): Pdu;
    };
    type Request = (fields: Fields, answered?: (answer: Pdu) => void) => boolean;
    class Session extends EventEmitter {
      readonly socket: Socket;
      bind_transceiver: Request;
      submit_sm: Request;
      deliver_sm: Request;
      enquire_link: Request;
      unbind: Request;
      send(pdu: Pdu): boolean;
      close(): void;
      destroy(): void;
    }
    type Server = NetServer & { sessions: Session[] };
    function connect(options: ConnectionOptions & { url: string }, connected?: () => void): Session;
    function createServer(options: object, listener: (session: Session) => void): Server;
  }
  export = smpp;
}

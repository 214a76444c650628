// A real SMTP server on loopback that accepts, defers, refuses, or drops the line after DATA, as told.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerSession } from "smtp-server";

/** What becomes of the next message; `lost` drops the line after all of it was taken, before the answer. */
export type Manner =
  | "accept"
  | "defer"
  | "refuse"
  | "defer-data"
  | "refuse-data"
  | "lost"
  | "policy";

export interface Received {
  readonly from: string;
  readonly recipients: readonly string[];
  readonly raw: string;
  readonly mail: ParsedMail;
}

export interface SmtpTestServer {
  readonly url: string;
  /** Every message that was taken whole, also those whose answer was lost. */
  readonly received: Received[];
  /** Asked for each recipient. */
  manner: (recipient: string) => Manner;
  close(): Promise<void>;
}

function refusal(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

const RCPT_ERRORS: Partial<Record<Manner, Error>> = {
  defer: refusal(450, "4.2.1 mailbox busy"),
  refuse: refusal(550, "5.1.1 no such mailbox <secret@example.org>"),
  policy: refusal(550, "5.7.1 sender not welcome"),
};
const DATA_ERRORS: Partial<Record<Manner, Error>> = {
  "defer-data": refusal(451, "4.3.0 try again"),
  "refuse-data": refusal(554, "5.6.0 not liked"),
};

export async function smtpTestServer(): Promise<SmtpTestServer> {
  const received: Received[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onRcptTo({ address }, _session, callback) {
      callback(RCPT_ERRORS[world.manner(address)] ?? null);
    },
    onData(stream, session, callback) {
      // A sender that dies half-way ends here: what was not taken whole counts for nothing.
      takeWhole(stream, session).then(callback, callback);
    },
  });
  async function takeWhole(
    stream: AsyncIterable<Buffer>,
    session: SMTPServerSession,
  ): Promise<Error | null> {
    const raw = await take(stream);
    const recipients = session.envelope.rcptTo.map(({ address }) => address);
    const manner = world.manner(recipients[0] ?? "");
    const error = DATA_ERRORS[manner];
    if (error !== undefined) return error;
    const from = session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address;
    const mail = await simpleParser(raw);
    received.push({ from, recipients, raw: raw.toString("latin1"), mail });
    if (manner === "lost") dropLines();
    return null;
  }
  const sockets = new Set<{ destroy(): void }>();
  const dropLines = () => {
    for (const socket of sockets) socket.destroy();
  };
  smtp.server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  smtp.on("error", () => {});
  smtp.listen(0, "127.0.0.1");
  await once(smtp.server, "listening");
  const { port } = smtp.server.address() as AddressInfo;
  const world: SmtpTestServer = {
    url: `smtp://127.0.0.1:${port}`,
    received,
    manner: () => "accept",
    close: async () => {
      dropLines();
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
    },
  };
  return world;
}

async function take(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

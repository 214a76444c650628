// A mail server that takes everything and remembers under which Message-ID.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export interface CountingSmtp {
  readonly url: string;
  /** The Message-ID of every mail accepted, in order. */
  messageIds(): readonly string[];
  close(): Promise<void>;
}

export async function countingSmtp(): Promise<CountingSmtp> {
  const ids: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData(stream, _session, done) {
      simpleParser(stream).then((mail) => {
        ids.push(mail.messageId ?? "none");
        done();
      }, done);
    },
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    messageIds: () => ids,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

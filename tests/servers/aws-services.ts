// SQS, SES and Secrets Manager as the SDK speaks to them, on loopback: what is sent is kept, to be looked at and handed on.
import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

export interface SqsMessage {
  readonly queueUrl: string;
  readonly body: string;
  readonly id: string;
}

export interface AwsServices {
  readonly url: string;
  queueUrl(name: string): string;
  /** Takes the messages that wait in a queue. */
  receive(name: string): SqsMessage[];
  /** Every raw mail that SES took, oldest first. */
  readonly mails: readonly string[];
  /** The next mail is taken, and the answer lost: SES says 500. */
  loseNextAnswer(): void;
  close(): Promise<void>;
}

const SendMessage = z.object({ QueueUrl: z.string(), MessageBody: z.string() });
const SendEmail = z.object({
  FromEmailAddress: z.string(),
  ConfigurationSetName: z.string(),
  Content: z.object({ Raw: z.object({ Data: z.string() }) }),
});

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString("utf8"));
}

export async function awsServices(secret: string): Promise<AwsServices> {
  const waiting: SqsMessage[] = [];
  const mails: string[] = [];
  let losing = false;
  let url = "";

  function answer(target: string, path: string, body: unknown): object {
    if (target === "AmazonSQS.SendMessage") {
      const { QueueUrl, MessageBody } = SendMessage.parse(body);
      const message = { queueUrl: QueueUrl, body: MessageBody, id: randomUUID() };
      waiting.push(message);
      return {
        MessageId: message.id,
        MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex"),
      };
    }
    if (target === "secretsmanager.GetSecretValue") return { Name: "keys", SecretString: secret };
    if (path === "/v2/email/outbound-emails") {
      mails.push(Buffer.from(SendEmail.parse(body).Content.Raw.Data, "base64").toString("utf8"));
      return { MessageId: randomUUID() };
    }
    throw new Error(`no such call: ${target} ${path}`);
  }

  const server = createServer((request, response) => {
    const target = String(request.headers["x-amz-target"] ?? "");
    jsonOf(request)
      .then((body) => answer(target, request.url ?? "", body))
      .then(
        (result) => {
          const lost = losing && request.url === "/v2/email/outbound-emails";
          if (lost) losing = false;
          response
            .writeHead(lost ? 500 : 200, { "content-type": "application/x-amz-json-1.0" })
            .end(JSON.stringify(result));
        },
        (error: unknown) =>
          response
            .writeHead(400, { "content-type": "application/x-amz-json-1.0" })
            .end(JSON.stringify({ __type: "ValidationException", message: String(error) })),
      );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const queueUrl = (name: string) => `${url}/000000000000/${name}`;
  return {
    url,
    queueUrl,
    receive(name) {
      const taken = waiting.filter((message) => message.queueUrl === queueUrl(name));
      for (const message of taken) waiting.splice(waiting.indexOf(message), 1);
      return taken;
    },
    mails,
    loseNextAnswer() {
      losing = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

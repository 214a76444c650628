// A process that sends what is due, by SMTP, until it is done or killed: `run-digests.ts ENDPOINT TABLE SMTP_URL NOW`.
import { smtpMailer } from "../../functions/local/smtp-mail.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import { openStore } from "../servers/dynamo.ts";
import { portsFor } from "./mail-world.ts";

const [endpoint = "", table = "", smtpUrl = "", start = ""] = process.argv.slice(2);
const begun = Date.now();
const now = () => new Date(Date.parse(start) + Date.now() - begun);
const mailer = smtpMailer({ url: smtpUrl, from: "digest@watch.example.org" });
const { store, close } = await openStore(endpoint, now, table);
const ports = portsFor(store, { now, sendMail: mailer.sendMail, log: () => {} });

await planDigests(ports);
await mailer.close();
close();

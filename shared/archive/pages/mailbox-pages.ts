// The built-in mailbox: what would have gone out, as its reader would see it.
import { html } from "hono/html";
import type { MailboxEntry, MailboxMessage } from "../mailbox-routes.ts";
import { type Html, page } from "./layout.ts";
import { foreign } from "./parts.ts";

const when = (at: string): string => at.slice(0, 16).replace("T", " ");

export function mailboxListPage(entries: readonly MailboxEntry[]): Html {
  return page({
    title: "Mailbox",
    body: html`<h1>Mailbox</h1>
<p class="lede">No mail server is set (MAIL_URL), so nothing leaves this machine. This page answers to this machine alone.</p>
${entries.length === 0 ? html`<p class="empty">No mail yet.</p>` : html`<ul class="items">${entries.map((entry) => html`<li class="item"><a class="title" href="/mailbox/${entry.id}">${foreign(entry.subject)}</a><p class="meta">to ${entry.to} · ${when(entry.at)}</p></li>`)}</ul>`}`,
  });
}

export function mailboxMessagePage(message: MailboxMessage): Html {
  return page({
    title: message.subject,
    body: html`<p class="meta"><a href="/mailbox">Mailbox</a> · to ${message.to} · ${when(message.at)}</p>
<h1>${foreign(message.subject)}</h1>
<iframe class="mail" title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mailbox/${message.id}/html"></iframe>
<h2>As plain text</h2>
<pre class="mail">${foreign(message.text)}</pre>
<details><summary>Headers</summary><div class="scroll"><table><tbody>${Object.entries(message.headers).map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${foreign(value)}</td></tr>`)}</tbody></table></div></details>`,
  });
}

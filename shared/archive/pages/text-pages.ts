// Pages of words: about, privacy, and what is not there.
import { html } from "hono/html";
import { type Html, page } from "./layout.ts";
import { foreign, safeHref } from "./parts.ts";

function contact(url: string): Html {
  const href = safeHref(url);
  return href === null ? html`${url}` : html`<a rel="noreferrer" href="${href}">${url}</a>`;
}

export function aboutPage(contactUrl: string, version: string): Html {
  return page({
    title: "About",
    body: html`<h1>About</h1>
<p>Governments that lose a vote on access to encrypted messages come back: another bill, another chamber, another country. backdoor-watch reads the feeds of parliaments, governments, NGOs and the press, follows each bill or demand as a dossier over the years, and says when one that was rejected, withdrawn, postponed or quiet makes a new official move.</p>
<p>Every decision is made by keyword models that anybody can read, and shows the words that made it. It is sometimes wrong: a false alarm is retracted in the open.</p>
<p>The archive may be quoted and reused; <a href="/api/events">its data</a> comes as JSON.</p>
<p class="meta">Version ${version}. Who runs this: ${contact(contactUrl)}</p>`,
  });
}

export function privacyPage(contactUrl: string): Html {
  return page({
    title: "Privacy",
    body: html`<h1>Privacy</h1>
<ul>
<li>Reading needs no account. No page loads anything from elsewhere, sets a cookie or runs a script.</li>
<li>Your mail address is kept encrypted, found again only by a keyed hash, and never written to a log, a link or an error.</li>
<li>Mails hold no pixel and no counted link: every link leads where it says.</li>
<li>A sign-up that is not confirmed is forgotten after seven days. When you leave, your address and your choices are deleted. What stays is the keyed hash, with a count of sign-up mails, so that strangers cannot flood you; and after a bounce, a complaint or a deletion a mark that keeps mail away.</li>
<li>Which mails went to that hash, and which comebacks they told of, is noted for 400 days, so that nothing comes twice and a correction reaches whoever was told. Deleting everything deletes it at once.</li>
<li>The address of your connection is used to hold back floods of sign-ups, as a keyed hash that expires within two days.</li>
</ul>
<p class="meta">Who runs this: ${contact(contactUrl)}</p>`,
  });
}

export const notFoundPage = (): Html =>
  page({
    title: "Not found",
    body: html`<h1>There is nothing here</h1><p>It may have had its time: items that turned out irrelevant are kept for 90 days. <a href="/">What came back</a></p>`,
  });

export const errorPage = (status: number, detail: string): Html =>
  page({
    title: status === 400 ? "Not understood" : "Something went wrong",
    body: html`<h1>${status === 400 ? "Not understood" : "Something went wrong"}</h1><p>${foreign(detail)}</p><p><a href="/">What came back</a>${status === 400 ? html` · <a href="/items">Search all items</a>` : ""}</p>`,
  });

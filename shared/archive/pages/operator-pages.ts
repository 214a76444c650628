// What an operator's link shows: the event, and a button. Looking changes nothing.
import { html } from "hono/html";
import type { StoredItem } from "../../domain/item.ts";
import type { Question } from "../../flows/ask-operator.ts";
import { type CardDossier, eventCard } from "./event-card.ts";
import { type Html, page } from "./layout.ts";
import { foreign } from "./parts.ts";

type GoodQuestion = Extract<Question, { kind: "good" }>;

const SAYS = {
  confirm: { title: "Is it back?", button: "Confirm: it is news, mail it to readers" },
  reject: { title: "Is it none?", button: "Reject: it is no resurfacing" },
} as const;

export function questionPage(
  token: string,
  { stored, token: asked, open }: GoodQuestion,
  dossier: CardDossier,
  item: StoredItem | null,
): Html {
  const { title, button } = SAYS[asked.verdict];
  const { event } = stored;
  const now =
    event.state === "standing"
      ? event.event === "resurfaced"
        ? "It is news now"
        : "It was opened anew"
      : `It is ${event.state}`;
  return page({
    title: open ? title : "Answered",
    body: html`<h1>${open ? title : "Answered"}</h1>
${eventCard(stored, dossier, item)}
<p>Because: ${foreign(event.reason)}.</p>
${
  open
    ? html`<form method="post" action="/operator?token=${token}"><button type="submit">${button}</button></form>`
    : html`<p>This event no longer waits for an answer. ${now}. To change that: <code>backdoor-watch events retract ${event.id} --reason TEXT</code>.</p>`
}`,
  });
}

export function badQuestionPage(kind: "bad" | "expired"): Html {
  const why =
    kind === "bad"
      ? "It was cut off or changed on its way."
      : "It worked for 30 days after its mail.";
  return page({
    title: "This link does not work",
    body: html`<h1>This link does not work</h1><p>${why} <code>backdoor-watch events list --possible</code> lists what waits.</p>`,
  });
}

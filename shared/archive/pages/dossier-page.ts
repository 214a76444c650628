// One dossier: where it stands in a sentence, its time line drawn, its story with sources, its sisters, and how to follow it.
import { html } from "hono/html";
import { type Dossier, shortTitleOf } from "../../domain/dossier.ts";
import type { KnownDossier } from "../look-up.ts";
import { standingOf, stateSentence } from "./dossier-state.ts";
import { asOf, storyList, storyTable } from "./dossier-story.ts";
import { type Html, page } from "./layout.ts";
import { badge, foreign } from "./parts.ts";
import { dayIn, daysIn, placeIn, type Reader } from "./reader.ts";
import { formsOfDossier } from "./same-as.ts";
import { isBack, quietLimitOf, type Story, silencesOf, stepsOf } from "./time-line.ts";
import { timeLineFigure } from "./time-line-drawing.ts";

const SHOWN_ALIASES = 12;

export interface DossierPage {
  readonly known: KnownDossier;
  readonly story: Story;
  /** Others that are at home in the same place. */
  readonly sisters: readonly Dossier[];
  /** Where this page is to be found, in full. */
  readonly address: string;
  readonly now: Date;
}

function names({ references, aliases }: Dossier, { say, mail }: Reader): Html {
  const line = (label: string, values: readonly string[]) =>
    values.length === 0
      ? ""
      : html`<p class="meta">${label}${mail.colon} ${foreign(values.join(", "))}</p>`;
  const more = aliases.length > SHOWN_ALIASES ? ["…"] : [];
  return html`${line(say.dossier.references, references)}${line(say.dossier.aliases, [...aliases.slice(0, SHOWN_ALIASES), ...more])}`;
}

/** Which came before and after is said; the others are only neighbours. */
function sistersOf({ known: { dossier }, sisters }: DossierPage, reader: Reader): Html {
  if (sisters.length === 0) return html``;
  const { say } = reader;
  const kin = ({ id }: Dossier) =>
    dossier.predecessors?.includes(id)
      ? say.dossier.before
      : dossier.successors?.includes(id)
        ? say.dossier.after
        : null;
  return html`<h2>${say.dossier.sisters(placeIn(reader, dossier.jurisdiction))}</h2><ul>${sisters.map(
    (sister) => {
      const relation = kin(sister);
      return html`<li><a href="/dossiers/${sister.id}">${foreign(shortTitleOf(sister.title))}</a>${relation === null ? "" : html` (${relation})`}</li>`;
    },
  )}</ul>`;
}

function followLinks({ id }: Dossier, { say }: Reader): Html {
  const name = encodeURIComponent(id);
  return html`<p class="links"><a href="/subscribe?dossier=${name}">${say.dossier.subscribe}</a> · <a href="/items?dossier=${name}">${say.dossier.items}</a></p>`;
}

export function dossierPage(content: DossierPage, reader: Reader): Html {
  const { known, story, now, address } = content;
  const { dossier } = known;
  const { say } = reader;
  const standing = standingOf(known, now, reader);
  const short = shortTitleOf(dossier.title);
  const limit = quietLimitOf(dossier);
  const steps = stepsOf(dossier, story);
  const silences = silencesOf(steps, limit, now);
  const last = steps.find((step) => isBack(step) && step.at === standing.lastMoveAt);
  const sentence = stateSentence(standing, last?.event ?? null, reader);
  const { language } = reader;
  const forms = formsOfDossier(dossier, language);
  return page({
    title: short,
    alternates: forms.alternates,
    language,
    here: "/dossiers",
    description: sentence,
    body: html`<p class="meta"><strong class="place">${placeIn(reader, dossier.jurisdiction)}</strong> · ${say.dossier.opened(dayIn(reader, `${dossier.opened}T00:00:00.000Z`))}</p>
<h1 lang="en">${foreign(short)}</h1>
${short === dossier.title ? "" : html`<p class="lede" lang="en">${foreign(dossier.title.slice(short.length).trim().slice(1, -1))}</p>`}
<p class="state">${standing.dormant ? badge(say.dossier.dormant, "warn") : badge(say.dossier.active, "ok")} ${sentence}</p>
${timeLineFigure({ steps, silences, now }, reader)}
${names(dossier, reader)}
${followLinks(dossier, reader)}
<details><summary>${say.dossier.quietTitle}</summary><p>${say.dossier.quietMeans(daysIn(reader, limit))}</p></details>
<h2>${say.dossier.story}</h2>
${storyList(steps, story, limit, reader)}
${storyTable(steps, story, reader)}
${sistersOf(content, reader)}
${forms.lines}
<p class="meta cite">${say.dossier.cite}${reader.mail.colon} ${say.dossier.cited(short, asOf(now, reader))} ${address}</p>`,
  });
}

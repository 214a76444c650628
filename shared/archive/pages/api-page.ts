// The API as a page: every address that gives data, with what it takes and gives.
import { html } from "hono/html";
import { API_ROUTES, type ApiRoute } from "../openapi.ts";
import { type Html, page } from "./layout.ts";

function row({ path, summary, parameters, gives }: ApiRoute): Html {
  const name = path.includes("{") ? html`${path}` : html`<a href="${path}">${path}</a>`;
  const names = parameters.map((parameter) => String(parameter["name"])).join(", ");
  return html`<tr><th scope="row"><code>${name}</code></th><td>${summary}</td><td>${names === "" ? "–" : names}</td><td>${Object.keys(gives).join(", ")}</td></tr>`;
}

export const apiPage = (): Html =>
  page({
    title: "API",
    body: html`<h1>The data</h1>
<p class="lede">All that the pages show, without a key, for any site's page. The filters of a search are those of every form; one that is repeated means any of its values.</p>
<p>For programs: <a href="/api/openapi.json">OpenAPI 3.1</a>, with the schema of every answer.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Addresses"><table><thead><tr><th scope="col">Address</th><th scope="col">Gives</th><th scope="col">Takes</th><th scope="col">As</th></tr></thead>
<tbody>${API_ROUTES.map(row)}</tbody></table></div>`,
  });

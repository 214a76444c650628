// Which parameters an address takes: one that is not known is refused by name, since passing it over would look like an answer.
import type { MiddlewareHandler } from "hono";
import { BadRequest } from "./problem.ts";

/** What other sites add to links that they show; a reader who follows one asked for the page, not for this. */
const CLICK_MARK = /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|mc_[ce]id)$/;

export const parametersOf = (url: string): URLSearchParams => new URL(url).searchParams;

/** A page's parameters without the marks that other sites leave on links. */
export function pageParametersOf(url: string): URLSearchParams {
  const parameters = parametersOf(url);
  for (const name of [...parameters.keys()]) if (CLICK_MARK.test(name)) parameters.delete(name);
  return parameters;
}

/** A value as an error quotes it. */
export const quoted = (value: string): string =>
  `“${value.length > 60 ? `${value.slice(0, 60)}…` : value}”`;

/** @throws BadRequest naming the first parameter that is none of these */
export function refuseOthers(parameters: URLSearchParams, known: readonly string[]): void {
  for (const name of parameters.keys()) {
    if (known.includes(name)) continue;
    const takes =
      known.length === 0 ? "This address takes none." : `This address takes ${known.join(", ")}.`;
    throw new BadRequest(name, `There is no parameter ${quoted(name)} here. ${takes}`);
  }
}

/** For the data: these parameters and no other. */
export const takes =
  (...known: readonly string[]): MiddlewareHandler =>
  async (c, next) => {
    refuseOthers(parametersOf(c.req.url), known);
    await next();
  };

/** For pages: these parameters, and marks of clicks, which are passed over. */
export const pageTakes =
  (...known: readonly string[]): MiddlewareHandler =>
  async (c, next) => {
    refuseOthers(pageParametersOf(c.req.url), known);
    await next();
  };

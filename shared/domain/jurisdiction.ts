// Jurisdictions that exist: two capital letters that no country has can be asked for, and nothing ever matches them.
import { Jurisdiction } from "./vocabulary.ts";

/** Regions to Unicode that have no parliament of their own, or are none at all. */
const NO_COUNTRY = new Set([
  "AC",
  "CP",
  "CQ",
  "DG",
  "EA",
  "EZ",
  "IC",
  "QO",
  "TA",
  "UN",
  "XA",
  "XB",
  "ZZ",
]);
const regions = new Intl.DisplayNames("en", { type: "region", fallback: "none" });

/** `EU`, `INT`, or a country's code as it is today: not `UK` for `GB`, nor that of a state that has ended. */
export function isJurisdiction(code: string): boolean {
  if (code === "EU" || code === "INT") return true;
  if (!Jurisdiction.safeParse(code).success || NO_COUNTRY.has(code)) return false;
  const isCurrent = new Intl.Locale(`und-${code}`).region === code;
  return isCurrent && regions.of(code) !== undefined;
}

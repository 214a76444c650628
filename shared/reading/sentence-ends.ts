// Reading: where sentences end, since no phrase reaches from one into the next.
import type { Token } from "../domain/fold-text.ts";
import type { Words } from "./word-model.ts";

/** Ends a sentence, or a clause set off by a colon, where a space follows. */
const STOP = /[.!?;:¡¿|]/;
/** Ends one even without a space. */
const WIDE_STOP = /[。！？；।]/;
const POINT = /^\.\s+$/;
/** `Drs. 20/123`, `am 5. Mai`: a number this short before a point is an ordinal. */
const ORDINAL = /^\d{1,2}$/;

/** After which tokens a sentence ends; always after the last. */
export function stopsOf(
  abbreviations: Words["abbreviations"],
  text: string,
  tokens: readonly Token[],
): boolean[] {
  const stops: boolean[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    const next = tokens[index + 1];
    if (token === undefined) continue;
    stops.push(next === undefined || isStop(abbreviations, text, token, next));
  }
  return stops;
}

function isStop(
  abbreviations: Words["abbreviations"],
  text: string,
  token: Token,
  next: Token,
): boolean {
  const length = next.start - token.end;
  if (length === 1)
    return text.charCodeAt(token.end) > 127 && WIDE_STOP.test(text.charAt(token.end));
  if (length === 0) return false;
  const between = text.slice(token.end, next.start);
  if (WIDE_STOP.test(between)) return true;
  if (!STOP.test(between)) return false;
  if (!POINT.test(between)) return true;
  if (/^\p{L}$/u.test(token.text) || ORDINAL.test(token.text)) return false;
  if (abbreviations.always.has(token.text)) return false;
  return !(abbreviations.numbered.has(token.text) && /^\d/.test(next.text));
}

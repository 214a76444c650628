// Flows: the question that every stored item answers, for what goes over all of them.
import type { ItemQuery } from "./ports.ts";

/** @param limit items a page */
export const everyItem = (limit: number): ItemQuery => ({
  q: [],
  theme: [],
  argument: [],
  dossier: [],
  jurisdiction: [],
  stage: [],
  language: [],
  kind: [],
  from: null,
  to: null,
  relevant: "any",
  stories: true,
  limit,
  cursor: null,
});

import { describe, expect, test } from "vitest";
import type { Move } from "../../shared/domain/dossier.ts";
import { ItemInput } from "../../shared/domain/item.ts";
import { NOTHING_LEARNED } from "../../shared/dossiers/index-names.ts";
import { loadRegistry } from "../../shared/dossiers/registry.ts";
import { decideItem, readAndClassify } from "../../shared/flows/decide-item.ts";
import { loadModels } from "../../shared/matching/load-models.ts";

const models = loadModels();
const registry = loadRegistry();

type Feed = readonly ["press" | "government" | "parliament" | "ngo", string, string];

function moveOf([kind, jurisdiction, language]: Feed, title: string, summary = ""): Move {
  const input = ItemInput.parse({
    id: "one",
    title,
    summary,
    feed: { id: "one", kind, jurisdiction, language },
  });
  const read = readAndClassify(models, input);
  // How a move is read is asked here of bare titles too; whether an item is relevant, in tests/matching.
  const relevant = { ...read, classification: { ...read.classification, relevant: true } };
  const { move } = decideItem({ dossiers: registry, learned: NOTHING_LEARNED }, input, relevant, {
    at: "2025-01-01T00:00:00.000Z",
    backfill: false,
  });
  if (move === null) throw new Error(`no dossier for: ${title}`);
  return move;
}

describe("an official move is recognised in the language it is told in", () => {
  const rows: readonly [string, Feed, string, string?][] = [
    [
      "a minister's demand",
      ["press", "DE", "de"],
      "Innenminister will Messenger zur Entschlüsselung zwingen",
    ],
    ["a draft sent out", ["government", "CH", "de"], "Bundesrat eröffnet Vernehmlassung zur VÜPF"],
    [
      "a bill tabled again",
      ["press", "US", "en"],
      "Senators reintroduce EARN IT Act for a fourth time",
    ],
    [
      "a regulator's order",
      ["press", "RU", "ru"],
      "Роскомнадзор потребовал от Telegram ключи шифрования",
    ],
    [
      "a judge's order",
      ["press", "BR", "pt"],
      "Juiz manda bloquear WhatsApp em todo o país por 48 horas",
    ],
    [
      "a government's plan",
      ["press", "SE", "sv"],
      "Regeringen lägger fram nytt förslag om bakdörrar i krypterade tjänster",
    ],
    [
      "a committee set up",
      ["press", "DK", "da"],
      "Justitsministeren beder Strafferetsplejeudvalget se på krypterede tjenester",
    ],
    [
      "a text that leaked",
      ["press", "EU", "en"],
      "Leaked presidency paper revives chat control detection orders",
    ],
    [
      "a clause put back",
      ["press", "FR", "fr"],
      "Narcotrafic : des députés veulent rétablir l'article 8 ter",
    ],
    [
      "a cabinet's bill",
      ["press", "PL", "pl"],
      "Rząd przyjął nowy projekt: Prawo komunikacji elektronicznej wraca",
    ],
  ];
  test.each(rows)("%s", (_, feed, title, summary) => {
    expect(moveOf(feed, title, summary)).toMatchObject({ official: true, counts: true });
  });
});

describe("what is no move is told from one", () => {
  const rows: readonly [string, Feed, string, string?][] = [
    [
      "an anniversary",
      ["press", "US", "en"],
      "From the archive: the day the EARN IT Act was introduced",
      "First published in 2020.",
    ],
    ["an opinion", ["press", "DE", "de"], "Kommentar: Die Quellen-TKÜ ist ein Irrweg"],
    ["an explainer", ["press", "ES", "es"], "Guía para entender la Ley 11/2022 y el cifrado"],
    ["an evening", ["ngo", "DE", "de"], "Vortragsabend: Vorratsdatenspeicherung für Einsteiger"],
    [
      "an open letter",
      ["ngo", "GB", "en"],
      "Open letter on the Online Safety Act gathers signatures",
    ],
    ["a podcast", ["press", "PL", "pl"], "Podcast: kontrola czatów bez żargonu"],
    [
      "a quiet year",
      ["press", "AU", "en"],
      "Where is the encryption law?",
      "No bill has been tabled on the Assistance and Access Act and no date is given.",
    ],
    ["an interview", ["press", "FR", "fr"], "Entretien : un chercheur commente l'article 8 ter"],
  ];
  test.each(rows)("%s", (_, feed, title, summary) => {
    expect(moveOf(feed, title, summary).official).toBe(false);
  });
});

describe("the direction of a move is read, not only its words", () => {
  const rows: readonly [string, string, Feed, string, string?][] = [
    [
      "a withdrawal ends",
      "end",
      ["press", "AT", "de"],
      "Bundestrojaner: Minister zieht Entwurf zurück",
    ],
    [
      "a vote put off ends",
      "end",
      ["press", "EU", "en"],
      "Ministers' vote on chat control called off",
    ],
    [
      "a rejection that keeps out a comeback ends",
      "end",
      ["press", "FR", "fr"],
      "Les députés refusent de rétablir l'article 8 ter",
    ],
    [
      "a deletion of what was deleted before opens",
      "open",
      ["press", "FR", "fr"],
      "L'article 8 ter supprimé revient en séance",
    ],
    [
      "a ruling that limits is none",
      "limit",
      ["press", "CH", "de"],
      "Bundesgericht: Threema muss nach BÜPF keine Echtzeitüberwachung ermöglichen",
    ],
    [
      "a ruling that restores opens",
      "open",
      ["press", "RU", "ru"],
      "Верховный суд отклонил жалобу Telegram на приказ ФСБ о ключах шифрования",
    ],
    [
      "a counter-position limits",
      "limit",
      ["parliament", "EU", "en"],
      "LIBE adopts position on the CSA Regulation",
      "End-to-end encrypted messages are excluded from detection orders.",
    ],
    [
      "royal assent adopts",
      "adopt",
      ["parliament", "GB", "en"],
      "Investigatory Powers (Amendment) Act 2024: Royal Assent",
    ],
  ];
  test.each(rows)("%s", (_, act, feed, title, summary) => {
    expect(moveOf(feed, title, summary).traits["act"]).toBe(act);
  });
});

test("the words that made a move are quoted from the item itself", () => {
  const title = "Senators reintroduce EARN IT Act";
  const { evidence } = moveOf(["press", "US", "en"], title);

  expect(evidence.length).toBeGreaterThan(0);
  for (const { term, start, end } of evidence) expect(title.slice(start, end)).toBe(term);
});

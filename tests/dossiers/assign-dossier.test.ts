import { describe, expect, test } from "vitest";
import subjects from "../../shared/catalog/subjects.json" with { type: "json" };
import { Dossier } from "../../shared/domain/dossier.ts";
import { ItemInput } from "../../shared/domain/item.ts";
import { assignDossier, isInflected } from "../../shared/dossiers/assign-dossier.ts";
import { readText } from "../../shared/dossiers/read-text.ts";
import { loadRegistry } from "../../shared/dossiers/registry.ts";
import { SubjectFile } from "../../shared/dossiers/subjects.ts";
import { readAndClassify } from "../../shared/flows/decide-item.ts";
import { loadModels } from "../../shared/matching/load-models.ts";

const registry = loadRegistry();
const models = loadModels();

function dossierOf(
  title: string,
  jurisdiction: string,
  language: string,
  summary = "",
  dossiers: readonly Dossier[] = registry,
) {
  const input = ItemInput.parse({
    title,
    summary,
    published: "2026-10-01T00:00:00Z",
    feed: { id: "one", kind: "press", jurisdiction, language },
  });
  const { words, reading, classification } = readAndClassify(models, input);
  return assignDossier(dossiers, input, classification, {
    words,
    reading,
    text: readText(words, input, reading),
  });
}

// Adding a dossier is a data change and a row here: one item that names it, as a paper would.
const NAMED: readonly [string, string, string, string][] = [
  ["eu-csar", "Parliament and Council resume talks on 2022/0155(COD)", "EU", "en"],
  [
    "eu-interim",
    "Abgeordnete stimmen über die Übergangsverordnung (2020/0259(COD)) ab",
    "EU",
    "de",
  ],
  ["eu-protecteu", "Hochrangige Gruppe zum Datenzugang legt Bericht vor", "DE", "de"],
  ["fr-messageries", "Narcotrafic : l'article 8 ter revient en séance", "FR", "fr"],
  ["gb-ipa", "Home Office serves Apple with a technical capability notice", "GB", "en"],
  ["gb-osa-121", "Ofcom consults on technology notices under section 121", "GB", "en"],
  ["us-earnit", "Senators bring back the EARN IT Act", "US", "en"],
  ["us-stopcsam", "Judiciary Committee takes up the STOP CSAM Act", "US", "en"],
  ["us-laed", "Lawful Access to Encrypted Data Act introduced", "US", "en"],
  ["us-calea", "FBI asks Congress to extend CALEA to chat services", "US", "en"],
  ["us-apple-fbi", "Judge cites All Writs Act in order to unlock iPhone", "US", "en"],
  ["us-fl-sb868", "SB 868: Florida Senate votes on decrypting minors' messages", "US", "en"],
  ["us-nv-meta", "Nevada v. Meta: state wants Messenger encryption stopped", "US", "en"],
  ["au-tola", "Review of the Assistance and Access Act opens", "AU", "en"],
  ["ca-lawful-access", "Bill C-22: Lawful Access Act, 2026 at second reading", "CA", "en"],
  ["in-traceability", "WhatsApp fights first originator rule in Delhi High Court", "IN", "en"],
  ["five-eyes", "Five Country Ministerial ends with statement on encryption", "AU", "en"],
  ["ch-vuepf", "Der Bundesrat will die VÜPF revidieren", "CH", "de"],
  ["se-datalagring", "Regeringen går vidare med Ju2024/02286", "SE", "sv"],
  ["dk-aflytning", "Strafferetsplejeudvalget om aflytning af krypterede tjenester", "DK", "da"],
  ["de-quellen-tkue", "Kabinett beschließt Quellen-TKÜ für alle Dienste", "DE", "de"],
  ["de-vds", "Vorratsdatenspeicherung: Justizministerium legt Entwurf vor", "DE", "de"],
  ["at-messenger", "Messenger-Überwachung geht in Begutachtung", "AT", "de"],
  ["ie-interception", "Communications (Interception and Lawful Access) Bill approved", "IE", "en"],
  ["es-cifrado", "La Ley 11/2022 mantiene la entrega de procedimientos de cifrado", "ES", "es"],
  ["nl-encryptie", "Ontsleutelplicht voor chatdiensten terug op tafel", "NL", "nl"],
  ["be-dataretentie", "Kamer bespreekt dataretentiewet", "BE", "nl"],
  ["pl-pke", "Prawo komunikacji elektronicznej wraca do Sejmu", "PL", "pl"],
  ["kz-certificate", "Абонентов обязали установить Qaznet Trust Network", "KZ", "ru"],
  ["ru-keys", "Суд рассмотрит требования ФСБ по пакету Яровой", "RU", "ru"],
  ["cn-keys", "全国人大常委会审议密码法 草案", "CN", "zh"],
  ["br-whatsapp", "STF julga ADPF 403 sobre bloqueio do WhatsApp", "BR", "pt"],
];

describe("an item goes to the dossier that it names", () => {
  test.each(NAMED)("%s: %s", (id, title, jurisdiction, language) => {
    expect(dossierOf(title, jurisdiction, language)?.dossier).toBe(id);
  });

  test("every dossier of the registry has its row", () => {
    const named = new Set(NAMED.map(([id]) => id));

    expect(registry.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
  });

  test("a foreign paper that names the bill reaches its dossier", () => {
    expect(dossierOf("Online Safety Act: Ofcom plant Anordnungen", "DE", "de")?.dossier).toBe(
      "gb-osa-121",
    );
  });

  test("the longer of two names counts: the voluntary scheme is not the regulation", () => {
    const title = "EU-Kommission will freiwillige Chatkontrolle verlängern";

    expect(dossierOf(title, "DE", "de")?.dossier).toBe("eu-interim");
  });
});

describe("an item that names nothing goes by jurisdiction and subject", () => {
  const rows: readonly [string, string, string, string][] = [
    ["nl-encryptie", "Minister wil toegang tot versleutelde chats", "NL", "nl"],
    ["at-messenger", "Innenminister will Chats von Gefährdern überwachen", "AT", "de"],
    ["kz-certificate", "Без корневого сертификата сайты не открываются", "KZ", "ru"],
    ["us-apple-fbi", "Prosecutors want Apple to unlock dead gunman's iPhone", "US", "en"],
  ];
  test.each(rows)("%s: %s", (id, title, jurisdiction, language) => {
    expect(dossierOf(title, jurisdiction, language)).toMatchObject({ dossier: id });
  });
});

describe("a new entry of the registry, with no list of subject words, gets what it speaks of", () => {
  const entry = (id: string, title: string, aliases: readonly string[], opened = "2019-01-01") =>
    Dossier.parse({ id, title, jurisdiction: "NZ", opened, aliases, references: [], history: [] });
  const dossiers = [
    entry("nz-lockers", "New Zealand: decryption of smart lockers by customs", ["locker bill"]),
    entry("nz-carriers", "New Zealand: interception duties of satellite carriers", ["sky bill"]),
  ];
  const rows: readonly [string, string][] = [
    ["nz-lockers", "Customs minister wants encrypted lockers opened: backdoor for police"],
    ["nz-carriers", "Satellite operators must let police read encrypted messages, minister says"],
  ];
  test.each(rows)("%s: %s", (id, title) => {
    expect(dossierOf(title, "NZ", "en", "", dossiers)?.dossier).toBe(id);
  });

  test("before a second bill was opened, the first is the only one of its country", () => {
    const later = [
      dossiers[0] as Dossier,
      entry("nz-later", "New Zealand: later", [], "2099-01-01"),
    ];
    const title = "Minister demands a backdoor to encrypted messages";

    expect(dossierOf(title, "NZ", "en", "", later)?.dossier).toBe("nz-lockers");
  });
});

describe("what is about something else goes nowhere", () => {
  const rows: readonly [string, string, string][] = [
    ["Committee reports on whistle-blower protection with amendments", "IE", "en"],
    ["Withdrawn proposal on river flood defences returns in new form", "GB", "en"],
    ["Regeringen genfremsætter forslag om boligstøtte", "DK", "da"],
    ["Data protection regulation applies from today", "EU", "en"],
  ];
  test.each(rows)("%s", (title, jurisdiction, language) => {
    expect(dossierOf(title, jurisdiction, language)).toBeNull();
  });
});

test("an inflected name is the same name, and a longer word that starts alike is not", () => {
  expect(isInflected("datalagring", "datalagringens")).toBe(true);
  expect(isInflected("яровой", "яровая")).toBe(true);
  expect(isInflected("protecteu", "protection")).toBe(false);
  expect(isInflected("c22", "c221")).toBe(false);
});

test("the file of subjects names dossiers that exist, and its patterns can be read", () => {
  const known = new Set<string>(registry.map(({ id }) => id));

  expect(Object.keys(SubjectFile.parse(subjects).dossiers).filter((id) => !known.has(id))).toEqual(
    [],
  );
});

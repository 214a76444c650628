import { describe, expect, test } from "vitest";
import subjects from "../../shared/catalog/subjects.json" with { type: "json" };
import { Dossier } from "../../shared/domain/dossier.ts";
import { ItemInput } from "../../shared/domain/item.ts";
import { assignDossier } from "../../shared/dossiers/assign-dossier.ts";
import { isInflected } from "../../shared/dossiers/find-names.ts";
import { type Learned, NOTHING_LEARNED } from "../../shared/dossiers/index-names.ts";
import { readText } from "../../shared/dossiers/read-text.ts";
import { loadRegistry } from "../../shared/dossiers/registry.ts";
import { SubjectFile } from "../../shared/dossiers/subjects.ts";
import { decideItem, readAndClassify } from "../../shared/flows/decide-item.ts";
import { loadModels } from "../../shared/matching/load-models.ts";

const registry = loadRegistry();
const models = loadModels();

function dossierOf(
  title: string,
  jurisdiction: string,
  language: string,
  summary = "",
  dossiers: readonly Dossier[] = registry,
  learned: Learned = NOTHING_LEARNED,
) {
  const input = ItemInput.parse({
    title,
    summary,
    published: "2026-10-01T00:00:00Z",
    feed: { id: "one", kind: "press", jurisdiction, language },
  });
  const { words, reading, classification } = readAndClassify(models, input);
  return assignDossier({ dossiers, learned }, input, classification, {
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

  test("of two bills of one country, an item that says nothing of either goes to neither", () => {
    const title = "Minister demands a backdoor to end-to-end encrypted messages for the police";
    const alike = [entry("nz-heron", "Heron", ["Heron Bill"]), entry("nz-plover", "Plover", [])];

    expect(dossierOf(title, "NZ", "en", "", alike)).toBeNull();
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

/** The dossier of what a parliament, or a paper, published on a day; relevant or not. */
function decidedOf(
  title: string,
  feed: Pick<ItemInput["feed"], "kind" | "jurisdiction">,
  published: string,
  learned: Learned = NOTHING_LEARNED,
) {
  const input = ItemInput.parse({
    title,
    summary: "",
    published,
    feed: { id: "one", language: "en", ...feed },
  });
  const context = { at: published, backfill: false };
  return decideItem(
    { dossiers: registry, learned },
    input,
    readAndClassify(models, input),
    context,
  );
}

const OTTAWA = { kind: "parliament", jurisdiction: "CA" } as const;
const PAPER = { kind: "press", jurisdiction: "CA" } as const;

describe("a number is a parliament, a session and a number", () => {
  test("a parliament's dry line reaches its dossier, and the same number of another session does not", () => {
    const line = "C-2, Second Reading in the House of Commons";

    expect(decidedOf(line, OTTAWA, "2025-09-20T00:00:00Z").decision.dossier).toBe(
      "ca-lawful-access",
    );
    expect(decidedOf(line, OTTAWA, "2021-12-02T00:00:00Z").decision.dossier).toBeNull();
  });

  test("what a paper calls by a bare number is no bill, and another country's C-2 is another", () => {
    const title = "Motorists face delays on C-2";

    expect(decidedOf(title, PAPER, "2025-09-20T00:00:00Z").decision.dossier).toBeNull();
    expect(
      decidedOf(
        "C-2, Second Reading",
        { kind: "parliament", jurisdiction: "PH" },
        "2025-09-20T00:00:00Z",
      ).decision.dossier,
    ).toBeNull();
  });

  test("a number that items taught carries the next dry line, and one taken back does not", () => {
    const line = "C-91, Second Reading in the House of Commons";
    const name = { text: "CA 45-1 bill C-91", items: 1, institution: true };
    const taught = (forgotten: boolean) =>
      new Map([["ca-lawful-access", [{ ...name, forgotten }]]]);
    const dossierBy = (learned: Learned) =>
      decidedOf(line, OTTAWA, "2025-11-20T00:00:00Z", learned).decision.dossier;

    expect(dossierBy(taught(false))).toBe("ca-lawful-access");
    expect(dossierBy(taught(true))).toBeNull();
    expect(dossierBy(NOTHING_LEARNED)).toBeNull();
  });

  test("an item that is certain leaves its bill's number in its move", () => {
    const title = "Bill C-22 would force messengers to decrypt: lawful access bill tabled";

    expect(decidedOf(title, PAPER, "2026-03-12T00:00:00Z").move?.traits["names"]).toBe(
      "CA 45-1 bill C-22",
    );
  });
});

describe("another country's law of the same name is another law", () => {
  const rows: readonly [string, string | null][] = [
    ["Ofcom may order scanning of encrypted messages under the Online Safety Act", "gb-osa-121"],
    ["Malaysia's new Online Safety Act lets the regulator read encrypted messages", null],
    ["Critics say the Kids Online Safety Act would end encrypted messages for teenagers", null],
  ];
  test.each(rows)("%s", (title, id) => {
    const found = dossierOf(title, "US", "en")?.evidence ?? [];

    expect(found.some(({ term }) => /online safety/i.test(term))).toBe(id !== null);
  });
});

test("a name in a script without spaces is found inside what it is written together with", () => {
  const id = "kr-bill";
  const entry = Dossier.parse({
    id,
    title: "South Korea: wiretap capability",
    jurisdiction: "KR",
    opened: "2008-10-30",
    aliases: ["통신비밀보호법"],
    references: [],
    history: [],
  });

  expect(dossierOf("국회, 통신비밀보호법을 의결", "KR", "ko", "", [entry])).toMatchObject({
    dossier: id,
    named: true,
  });
});

test("a name that is an ordinary phrase needs the subject beside it", () => {
  const title = "Traceability of mangoes: exporters get a new label";
  const feed = { kind: "press", jurisdiction: "IN" } as const;

  expect(decidedOf(title, feed, "2026-05-01T00:00:00Z").decision.dossier).toBeNull();
});

describe("in a country that has a dossier, another bill opens one of its own", () => {
  const entry = (id: string) =>
    Dossier.parse({
      id,
      title: "Canada: smart lockers at border posts",
      jurisdiction: "CA",
      opened: "2012-01-01",
      aliases: ["locker act"],
      references: [],
      history: [],
    });
  test("by its number, kept with its session", () => {
    const title =
      "Bill C-91 introduced: government wants a backdoor to end-to-end encrypted messages";
    const input = ItemInput.parse({
      title,
      published: "2025-11-20T00:00:00Z",
      feed: { id: "one", language: "en", ...OTTAWA },
    });
    const known = { dossiers: [entry("ca-lockers"), entry("ca-posts")], learned: NOTHING_LEARNED };
    const context = { at: "2025-11-20T00:00:00Z", backfill: false };
    const { opens } = decideItem(known, input, readAndClassify(models, input), context);

    expect(opens).toMatchObject({
      id: "auto:CA:ca-45-1-bill-c-91",
      references: ["CA 45-1 bill C-91"],
    });
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

// Reading: a headline is known for its language and says there what it says in English.
import { describe, expect, test } from "vitest";
import { ItemInput } from "../../shared/domain/item.ts";
import { readItem } from "../../shared/reading/read-item.ts";
import { loadWords } from "../../shared/reading/words.ts";

const words = loadWords();

const read = (title: string) => readItem(words, ItemInput.parse({ title }));

const ROWS: readonly [string, string, readonly string[]][] = [
  [
    "fi",
    "Hallitus esittää lakia, jolla poliisi pääsisi salattuihin viesteihin",
    ["government", "act-propose", "who-official", "access-demand", "encryption", "what-topic"],
  ],
  [
    "fi",
    "Eduskunta hylkäsi ehdotuksen salauksen takaporteista",
    ["parliament", "reject", "act-reject", "what-text", "backdoor", "encryption"],
  ],
  ["fi", "Valiokunta käsittelee muutosehdotuksia: viestien skannaus", ["amend", "scanning"]],
  ["fi", "Ministeri veti lakiesityksen pois", ["withdraw", "act-withdraw", "bill"]],
  ["fi", "Lakiesitys palaa eduskuntaan uudelleen", ["act-revive", "bill"]],
  ["fi", "Pääkirjoitus: salaus on oikeus", ["noise-opinion"]],
  ["fi", "Kymmenen vuotta sitten: näin salaus tuli", ["noise-past"]],
  [
    "cs",
    "Vláda předložila návrh zákona, který by policii dal přístup k šifrovaným zprávám",
    ["government", "act-propose", "bill", "police", "access-demand", "encryption", "messenger"],
  ],
  [
    "cs",
    "Sněmovna odmítla zadní vrátka v komunikátorech",
    ["parliament", "reject", "act-reject", "backdoor", "messenger"],
  ],
  ["cs", "Ministr stáhl návrh na skenování zpráv", ["withdraw", "act-withdraw", "scanning"]],
  ["cs", "Výbor schválil pozměňovací návrhy k zákonu", ["committee", "amend", "adopt", "bill"]],
  ["cs", "Zákon o odposleších se vrací do sněmovny", ["act-revive", "bill"]],
  ["cs", "Komentář: proč potřebujeme šifrování", ["noise-opinion"]],
  ["cs", "Otevřený dopis: odborníci varují před skenováním", ["noise-react"]],
  [
    "no",
    "Regjeringen legger fram lovforslag om tilgang til krypterte meldinger",
    ["government", "act-propose", "who-official", "bill", "encryption", "messenger"],
  ],
  ["no", "Stortinget vedtar loven mot bakdører", ["act-adopt", "adopt", "backdoor", "parliament"]],
  ["no", "Statsråden trekker forslaget om skanning tilbake", ["act-withdraw", "what-text"]],
  ["no", "Departementet gjeninnfører forslaget om datalagring", ["act-revive", "who-official"]],
  ["no", "Regjeringen utsetter høringen om avlytting", ["act-postpone"]],
  ["no", "Kronikk: Kryptering er ikke for kjeltringer", ["noise-opinion"]],
  ["hi", "सरकार ने संदेशों के एन्क्रिप्शन पर विधेयक पेश किया", ["encryption", "messenger", "bill"]],
  ["zh", "全国人大审议密码法草案", ["encryption", "bill"]],
];

describe("a headline that no feed claims a language for", () => {
  test.each(ROWS)("%s: %s", (language, title, concepts) => {
    const { languages, fields } = read(title);
    const found = fields[0].hits.map(({ concept }) => words.concepts[concept]);

    expect(languages).toContain(language);
    expect(found).toEqual(expect.arrayContaining([...concepts]));
  });
});

describe("what is about something else says nothing of the subject", () => {
  test.each([
    ["fi", "Kunnanvaltuusto rakentaa uuden uimahallin ja se on valmis keväällä"],
    ["cs", "Město postaví novou knihovnu a bude otevřena na jaře"],
    ["no", "Kommunen bygger ny svømmehall og den er ferdig til våren"],
  ])("%s: %s", (language, title) => {
    const { languages, fields } = read(title);
    const found = fields[0].hits.map(({ concept }) => words.concepts[concept] ?? "");

    expect(languages).toContain(language);
    expect(found.filter((id) => SUBJECT.includes(id))).toEqual([]);
  });
});

const SUBJECT = ["encryption", "messenger", "backdoor", "access-demand", "scanning", "what-topic"];

test("a text in a language that has no words is read with those that most texts are in", () => {
  const { languages, fields } = read("WhatsApp");

  expect(languages).toEqual([]);
  expect(fields[0].hits.map(({ concept }) => words.concepts[concept])).toContain("messenger");
});

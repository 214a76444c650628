// Matching: what readers are told, and which words told it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldText } from "../../shared/domain/fold-text.ts";
import { Classification, ItemInput } from "../../shared/domain/item.ts";
import { classifyItem } from "../../shared/matching/classify-item.ts";
import { readFeatures } from "../../shared/matching/features.ts";
import { loadModels } from "../../shared/matching/load-models.ts";

const models = loadModels();
const classify = (item: Record<string, unknown>) => classifyItem(models, ItemInput.parse(item));

describe("other senses are not mailed", () => {
  test.each([
    ["a retirement account", "Backdoor Roth IRA limits rise for high earners"],
    ["an amnesty", "Critics call the immigration plan a backdoor amnesty"],
    ["malware", "New backdoor malware found in WordPress plugins"],
    ["a supply chain", "Supply-chain attack hid a backdoor in a compression library"],
    ["an encrypted gang phone", "EncroChat drug dealer sentenced to twenty years"],
    ["a product", "WhatsApp rolls out passkeys for encrypted backups"],
    ["a ransom", "Ransomware gang encrypts hospital files"],
    ["football", "Rovers reach the cup final through the back door"],
    ["a fine for cookies", "CNIL fines retailer over cookies"],
  ])("%s", (_sense, title) => {
    expect(classify({ title }).relevant).toBe(false);
  });
});

describe("a service called by an ordinary word is one only beside encryption, access or the law", () => {
  const subjectOf = (title: string, language: string) =>
    readFeatures(models, ItemInput.parse({ title, feed: { language } })).subject;

  test.each([
    [
      "en",
      "The Matrix returns to cinemas",
      "Matrix would quit the country rather than weaken encryption",
    ],
    [
      "en",
      "Barbed wire cut along the motorway",
      "Police ask Wire for the accounts of three suspects",
    ],
    [
      "en",
      "An element of surprise in the second half",
      "Element says the bill would end its service",
    ],
    [
      "pt",
      "Mega-Sena acumula e pode pagar 40 milhões",
      "Polícia pede à Mega as chaves dos arquivos",
    ],
    [
      "de",
      "Proton stellt Tabellen und Dokumente vor",
      "Proton wehrt sich vor Gericht gegen die Herausgabe",
    ],
    ["en", "Europa Clipper on its way to Jupiter", "The Clipper chip, thirty years on"],
    ["en", "Shops are going dark on Saturday", "Encryption leaves the police going dark"],
  ])("%s: %s", (language, elsewhere, here) => {
    expect(subjectOf(elsewhere, language)).toBe(false);
    expect(subjectOf(here, language)).toBe(true);
  });
});

describe("a spelling hides nothing", () => {
  const plain = "Government wants a backdoor in encrypted messages";
  test.each([
    ["capitals", plain.toUpperCase()],
    ["a hyphen", plain.replace("backdoor", "back-door")],
    ["two words", plain.replace("backdoor", "back door")],
    ["a soft hyphen", plain.replace("encrypted", "en\u00adcrypted")],
    ["full-width letters", plain.replace("backdoor", "ｂａｃｋｄｏｏｒ")],
  ])("%s", (_name, title) => {
    const found = classify({ title });

    expect(found.relevant).toBe(true);
    const quoted = found.evidence.map(({ start, end }) => foldText(title.slice(start, end)));
    expect(quoted).toContainEqual(expect.stringMatching(/^back ?door$/));
    expect(quoted).toContainEqual(expect.stringMatching(/^encrypted/));
  });
});

test.each([
  [
    "FR",
    "rejected",
    "L’Assemblée nationale rejette la porte dérobée dans les messageries chiffrées",
  ],
  [
    "GB",
    "withdrawn",
    "UK government withdraws its backdoor order to Apple over encrypted iCloud data",
  ],
  ["EU", "postponed", "Council of the EU postpones vote on chat control"],
  ["AT", "adopted", "Nationalrat beschließt Messenger-Überwachung mit Bundestrojaner"],
  ["SE", "proposed", "Regeringen föreslår lag om bakdörrar i krypterade meddelanden i Sverige"],
  ["DK", "withdrawn", "Danmark trækker forslag om chatkontrol tilbage"],
  ["DE", "withdrawn", "Deutschland zieht Vorschlag zur Chatkontrolle zurück"],
  ["MX", "adopted", "El Senado mexicano aprueba la ley que obliga a descifrar mensajes"],
  ["BR", "vote", "Senado aprova projeto que quebra a criptografia do WhatsApp"],
])(
  "a title alone tells whose matter it is and what was done (%s, %s)",
  (jurisdiction, stage, title) => {
    const found = classify({ title });

    expect(found).toMatchObject({ relevant: true, legislation: true, jurisdiction, stage });
  },
);

test("what is not relevant has no themes, no arguments and no stage", () => {
  const found = classify({ title: "Council votes to postpone the budget" });

  expect(found).toMatchObject({
    relevant: false,
    themes: [],
    arguments: [],
    legislation: false,
    stage: "none",
  });
});

test("every theme of a relevant item shows at least one word that made it", () => {
  const found = classify({
    title: "French National Assembly rejects encryption backdoor in drug trafficking bill",
    summary:
      "Hackers and hostile states would exploit it, experts warn; Signal threatened to leave.",
  });

  expect(found.themes.length).toBeGreaterThan(2);
  for (const theme of found.themes) expect(theme.evidence, theme.id).not.toEqual([]);
});

test("whatever the text, scores are numbers and evidence quotes the item's own words", () => {
  const word = fc.constantFrom(
    "backdoor",
    "Verschlüsselung",
    "constructor",
    "__proto__",
    "chat",
    "control",
    "l’Assemblée",
    "EU",
    "de\u0301robe\u0301e",
    "police",
    "vote",
    "🔐",
    "\u200b",
  );
  const text = fc
    .array(fc.oneof(word, fc.string({ unit: "grapheme", maxLength: 12 })), { maxLength: 40 })
    .map((words) => words.join(" "));
  fc.assert(
    fc.property(
      text,
      text,
      fc.constantFrom("en", "fr", "xx", "pt-BR", null),
      (title, summary, language) => {
        const found = classify({ title, summary, feed: { language } });

        expect(Classification.safeParse(found).success).toBe(true);
        const decisions = [found, ...found.themes, ...found.arguments];
        for (const { score, evidence } of decisions) {
          expect(Number.isFinite(score)).toBe(true);
          for (const { field, start, end } of evidence) {
            const quoted = (field === "title" ? title : summary).slice(start, end);
            expect(quoted.length).toBe(end - start);
            expect(quoted.trim()).not.toBe("");
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("the same item is decided alike again, whatever was read between", () => {
  const item = { title: "EU chat control vote postponed", summary: "Signal threatens to leave." };
  const first = classify(item);
  for (let n = 0; n < 200; n++) classify({ title: `word${n} unknown${n} backdoor${n}` });

  expect(classify(item)).toEqual(first);
});

test.each([
  ["one word", "a".repeat(500_000)],
  ["one keyword again and again", "backdoor ".repeat(55_000)],
  ["hyphens alone", "-".repeat(500_000)],
  ["letters and hyphens in turn", "a-".repeat(250_000)],
  ["words that begin phrases without end", "access to the content of the ".repeat(17_000)],
  ["accents alone", "\u0301".repeat(500_000)],
])(
  "half a megabyte of %s is decided, and shows no more words than people read",
  (_name, summary) => {
    const found = classify({ title: "Backdoor", summary });

    expect(found.evidence.length).toBeLessThanOrEqual(24);
  },
);

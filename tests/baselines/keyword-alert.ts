// Baselines: what a person types into an alert service: some phrases in each language, and nothing else to go by.
import { tokensOf } from "../../shared/domain/fold-text.ts";
import { NOT_RELEVANT, type Way } from "./way.ts";

/**
 * A dozen in English, fewer where the debate borrows the English words. Without the bare words of the first lines it is
 * more often right and finds half as much: the worse bargain by F1.
 */
const PHRASES: readonly string[] = [
  ..."encryption backdoor backdoors chiffrement verschlüsselung cifrado crittografia".split(" "),
  ..."encryptie versleuteling kryptering szyfrowanie criptografia encriptação шифрование".split(
    " ",
  ),
  // English
  "encrypted messages",
  "encrypted messaging",
  "encrypted communications",
  "lawful access",
  "client-side scanning",
  "technical capability notice",
  "going dark",
  // alike everywhere
  "chat control",
  "chatcontrol",
  "csam regulation",
  // French
  "porte dérobée",
  "portes dérobées",
  "messageries chiffrées",
  "messagerie chiffrée",
  "messages chiffrés",
  // German
  "chatkontrolle",
  "hintertür",
  "hintertüren",
  "ende-zu-ende-verschlüsselung",
  "verschlüsselte nachrichten",
  "verschlüsselte kommunikation",
  "quellen-tkü",
  "staatstrojaner",
  // Spanish
  "puerta trasera",
  "puertas traseras",
  "mensajes cifrados",
  "control de chats",
  // Italian
  "controllo delle chat",
  "messaggi cifrati",
  "messaggi crittografati",
  // Dutch
  "chatcontrole",
  "achterdeur",
  "achterdeurtje",
  "end-to-end-encryptie",
  "versleutelde berichten",
  // Swedish, Danish, Norwegian
  "bakdörr",
  "bakdörrar",
  "bagdør",
  "bagdøre",
  "bakdør",
  "bakdører",
  "krypterade meddelanden",
  "krypterede beskeder",
  "krypterte meldinger",
  "hemlig dataavläsning",
  "totalsträckskryptering",
  "ende-til-ende-kryptering",
  // Polish
  "kontrola czatu",
  "kontrola czatów",
  "szyfrowanych wiadomości",
  // Portuguese
  "porta dos fundos",
  "mensagens encriptadas",
  "mensagens criptografadas",
  // Russian
  "ключи шифрования",
  "переписка в мессенджерах",
];

/** Words that make it a law, in one word each. */
const LAW_WORDS: readonly string[] = [
  ..."bill bills law act amendment amendments regulation legislation vote votes parliament court".split(
    " ",
  ),
  ..."loi amendement amendements règlement vote assemblée sénat".split(" "),
  ..."gesetz gesetzentwurf verordnung bundestag bundesrat abstimmung urteil".split(" "),
  ..."ley reglamento enmienda votación legge regolamento emendamento voto".split(" "),
  ..."wet wetsvoorstel verordening amendement lag lagförslag förordning proposition".split(" "),
  ..."lov lovforslag forordning ustawa rozporządzenie projekt lei projeto regulamento".split(" "),
  ..."закон законопроект".split(" "),
];

/** The country that an alert in a language is most often set for. */
const EDITIONS: Readonly<Record<string, string>> = {
  ...{ en: "US", fr: "FR", de: "DE", es: "ES", it: "IT", nl: "NL", sv: "SE" },
  ...{ da: "DK", no: "NO", pl: "PL", pt: "PT", ru: "RU" },
};

export const keywordAlert: Way = {
  name: "keyword alert",
  silent: ["themes", "themesButIntent", "stage", "arguments"],
  learn: () => {
    const phrases = PHRASES.map(padded);
    const lawWords = LAW_WORDS.map(padded);
    return ({ title, summary, feed }) => {
      const text = padded(`${title} ${summary}`);
      const relevant = phrases.some((phrase) => text.includes(phrase));
      return {
        ...NOT_RELEVANT,
        relevant,
        legislation: relevant && lawWords.some((word) => text.includes(word)),
        // An alert is set for a country and a language; whose law it is about, it does not tell.
        jurisdiction: feed.jurisdiction ?? EDITIONS[feed.language?.split("-")[0] ?? ""] ?? null,
      };
    };
  },
};

/** Folded words between single spaces, so that `includes` finds whole words alone. */
function padded(text: string): string {
  return ` ${tokensOf(text)
    .map((token) => token.text)
    .join(" ")} `;
}

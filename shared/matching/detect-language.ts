// Matching: which languages a text may be in, from its small words and those of its headlines; the feed's own claim is one voice among them.
import type { Token } from "../domain/fold-text.ts";
import { LANGUAGES, type Language } from "./keyword-model.ts";

/** Small words of each language and the commonest of its political headlines, folded. One that several share speaks for each of them, more faintly. */
const SMALL_WORDS: Readonly<Record<Language, string>> = {
  en: "the of and to in is that for with on by from are was were be been has have had will would could should not this these its it as at or an over after says said who which what how why new against their they we you your all about into under more than but can may must us uk bill would if there s government parliament police wants want law court minister messages message encrypted encryption data privacy access vote votes calls warns letter demands plans rules ban house lords senate congress council committee amendment home office security experts citizens apps end chat scanning rejects passes adopts backs secret order judge right rights people users phone phones power powers no only safe good bad",
  fr: "le la les des du un une et en est que qui pour dans sur par au aux avec pas ne se ce cette ces son sa ses leur leurs il elle ils sont ont ete etre plus contre selon apres entre mais ou nous vous d l qu a n comme sans sous meme fait vers chez afin leur dont tous toutes tout gouvernement parlement loi projet ministre chiffrement messageries assemblee senat deputes vie privee porte derobee donnees acces veut securite police justice droit libertes utilisateurs texte vote rejette adopte commission conseil europe france messages",
  de: "der die das und in den von zu mit dem des ein eine einer eines einem einen ist im fur auf nicht sich auch als an es bei nach aus am wie werden wird sind hat haben uber um gegen vor zur zum durch kann soll sollen will bis noch nur oder so dass mehr unter wegen bleibt gibt ohne seine ihre regierung bundestag gesetz polizei minister verschlusselung nachrichten uberwachung hintertur daten zugriff datenschutz gericht kommission rat abgeordnete sicherheit nutzer messenger chatkontrolle lehnt beschliesst fordert warnt jede grundrechte staat tritt kraft kippt bekommt bundesrat umsetzungsgesetz frage sitzung",
  es: "el la los las de del y en que un una por para con no se su sus al lo es como mas pero sobre entre contra segun sin hasta desde ya han ha son fue ser este esta estos estas tras o le ante quiere puede cuando donde gobierno parlamento ley policia cifrado mensajes puerta trasera datos acceso ministro congreso senado seguridad privacidad comision consejo juez derechos usuarios rechaza aprueba pide europea",
  it: "il lo la i gli le di del della dei delle dello degli e in che un una per con non si su sul sulla al alla ai alle da dal dalla come piu ma anche sono stato essere nel nella nei nelle tra contro secondo dopo ha hanno l d dell all nell questo questa ecco perche o cosa governo parlamento legge polizia crittografia messaggi dati accesso ministro senato camera sicurezza privacy commissione consiglio giudice diritti utenti respinge approva chiede europea",
  nl: "de het een en van in is dat op te voor met niet zijn aan er om ook als bij door naar uit over wordt worden heeft hebben kan moet moeten maar meer dan of tegen nog wel geen wil willen die deze dit mag mogen onder tot zegt we na wat hoe regering kabinet tweede kamer wet politie versleuteling berichten achterdeur gegevens toegang minister veiligheid rechter grondrechten burgers gebruikers verwerpt stemt waarschuwt",
  sv: "och att i det som en pa ar av for med den till ett om inte har de sig fran ska kan vid men eller efter mot under han hon man var vill sa ocksa nar over mer skall bli blir utan enligt nu alla detta denna sina far hur vad mellan regeringen riksdagen lag polisen kryptering meddelanden bakdorr uppgifter tillgang ministern sakerhet domstol rattigheter anvandare rostar antar kraver",
  da: "og at i det som en pa er af for med den til et om ikke har de sig fra skal kan ved men eller efter mod under han hun man var vil sa ogsa nar over mere bliver blev uden ifolge nu alle dette denne deres hvad hvor mellem blive havde bliv regeringen folketinget lov politiet kryptering beskeder bagdor adgang ministeren sikkerhed domstol rettigheder brugere vedtager kraever afviser afstemning udskyder dropper krav krypterede fjerner storbritannien sagen sadan",
  pl: "i w z na do sie nie jest ze to o jak za od po dla przez przy ale czy co tym tego ktory ktora ktore oraz tak juz moze byc sa beda bedzie ma przed pod bez ich jego jej nad lub rowniez we ze aby wobec swoje rzad sejm senat ustawa policja szyfrowanie wiadomosci dane dostep minister bezpieczenstwo sad prawa uzytkownikow komisja rada odrzuca przyjmuje chce prywatnosc",
  pt: "o a os as de do da dos das e em no na nos nas que um uma por para com nao se ao aos sua seu mais mas como foi ser sao pelo pela entre sobre contra apos segundo ja tem ou quer pode ate sem esta este isso essa deve governo parlamento lei policia criptografia encriptacao mensagens dados acesso ministro senado camara seguranca privacidade comissao conselho juiz direitos utilizadores rejeita aprova europeia",
  no: "og at i det som en pa er av for med den til et om ikke har de seg fra skal kan ved men eller etter mot under han hun man var vil sa ogsa nar over mer blir ble uten ifolge na alle dette denne deres hva hvor mellom bli hadde vart regjeringen stortinget lov politiet kryptering meldinger bakdor tilgang statsraden sikkerhet domstol rettigheter brukere vedtar krever avviser",
  ru: "и в не на что с по как это к из у за от о для но все так его был была были быть до же или бы они мы вы при также если уже может после против об еще будет который которые со правительство закон полиция шифрование сообщения доступ министр суд безопасность права данные госдума мессенджеры",
};
/** Signs that only some languages write; folded words have lost them, so they are read in the text itself. */
const SIGNS: readonly (readonly [RegExp, readonly Language[], number])[] = [
  [/[а-яё]/i, ["ru"], 6],
  [/[ąćęłńśźż]/i, ["pl"], 4],
  [/ß/, ["de"], 4],
  [/[äü]/i, ["de"], 1],
  [/[äö]/i, ["de", "sv"], 1],
  [/å/i, ["sv", "da", "no"], 2],
  [/[æø]/i, ["da", "no"], 3],
  [/[ãõ]/i, ["pt"], 3],
  [/ñ|¿|¡/i, ["es"], 4],
  [/[éèêàçœ]/i, ["fr"], 0.5],
  [/[àèìòù]/i, ["it"], 0.5],
  [/[áíóú]/i, ["es", "pt"], 0.7],
];

/** By word, whom it speaks for: a place in LANGUAGES. */
const voices = new Map<string, { language: number; weight: number }[]>();
for (const [language, id] of LANGUAGES.entries())
  for (const word of SMALL_WORDS[id].split(" "))
    voices.set(word, [...(voices.get(word) ?? []), { language, weight: 1 }]);
for (const list of voices.values())
  for (const voice of list) voice.weight = 1 / (0.5 + list.length / 2);

const NOBODY: readonly never[] = [];
/** How many words are listened to: a long text says no more of its language after these. */
const WORDS_HEARD = 60;
const SIGNS_HEARD = 500;
/** The feed's claim weighs as much as two small words. */
const CLAIM = 2;
/** A language this much fainter than the loudest is not considered. */
const CLEARLY = 0.6;

/**
 * @param claimed the feed's BCP 47 tag, or null
 * @returns the likely languages, likeliest first, at most three; empty where nothing speaks for any
 */
export function detectLanguages(
  text: string,
  fields: readonly (readonly Token[])[],
  claimed: string | null,
): readonly Language[] {
  const scores = new Float64Array(LANGUAGES.length);
  const add = (language: number, weight: number) => {
    scores[language] = (scores[language] ?? 0) + weight;
  };
  for (const tokens of fields)
    for (let index = 0; index < tokens.length && index < WORDS_HEARD; index++)
      for (const voice of voices.get(tokens[index]?.text ?? "") ?? NOBODY)
        add(voice.language, voice.weight);
  const start = text.slice(0, SIGNS_HEARD);
  if (/[^\x00-\x7f]/.test(start))
    for (const [sign, languages, weight] of SIGNS)
      if (sign.test(start)) for (const id of languages) add(LANGUAGES.indexOf(id), weight);
  const tag = languageOfTag(claimed);
  if (tag !== null) add(LANGUAGES.indexOf(tag), CLAIM);
  const best = Math.max(...scores);
  return LANGUAGES.map((id, index) => ({ id, score: scores[index] ?? 0 }))
    .filter(({ score }) => score > 0 && score >= best * CLEARLY)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ id }) => id);
}

/** `pt-BR` → `pt`, `nb` → `no`; null for a language that the models have no words for. */
export function languageOfTag(tag: string | null): Language | null {
  const primary = tag?.split("-")[0]?.toLowerCase() ?? "";
  const language = primary === "nb" || primary === "nn" ? "no" : primary;
  return LANGUAGES.find((known) => known === language) ?? null;
}

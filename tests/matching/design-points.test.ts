// Matching: each point that the design document makes, put as a title, gets its theme and its argument.
import { expect, test } from "vitest";
import { ItemInput } from "../../shared/domain/item.ts";
import { classifyItem } from "../../shared/matching/classify-item.ts";
import { loadModels } from "../../shared/matching/load-models.ts";

/** Theme, argument, side, title; every title in words that no example uses. */
const ROWS = [
  [
    "french-politics",
    "assembly-versus-government",
    null,
    "France's National Assembly blocks the government's encryption backdoor against the interior minister's will",
  ],
  [
    "french-politics",
    "cheap-vote",
    null,
    "French deputies' vote against reading WhatsApp messages was cheap populism that made headlines",
  ],
  [
    "french-politics",
    "reversal-after-attack",
    "for",
    "French MPs would back an encryption backdoor after a terrorist attack",
  ],
  [
    "technical-debate",
    "inevitable-leak",
    "against",
    "Any encryption backdoor will be exploited by hackers and leaves everyone less safe",
  ],
  [
    "technical-debate",
    "managed-risk",
    "for",
    "Cryptography can support multiple decryption keys: lawful access to messages is a question of risk tolerance and governance",
  ],
  [
    "technical-debate",
    "whose-threat-model",
    "against",
    "Backdoored encryption: experts fear foreign adversaries and hostile states more than criminals",
  ],
  [
    "technical-debate",
    "master-key-custody",
    "against",
    "Who would guard the master key to the encrypted messages of millions?",
  ],
  [
    "government-intent",
    "ignorance",
    "against",
    "Ministers who demand encryption backdoors are ignorant and do not understand the technology",
  ],
  [
    "government-intent",
    "deliberate-power",
    "against",
    "Encryption backdoors are a deliberate power grab by governments that want surveillance of citizens",
  ],
  [
    "government-intent",
    "pretext-rhetoric",
    "against",
    "Protecting children is a pretext to scan all private messages",
  ],
  [
    "government-intent",
    "ignorance",
    "for",
    "Calling politicians stupid over encryption backdoors is counterproductive",
  ],
  [
    "crime-effectiveness",
    "criminals-move-on",
    "against",
    "Criminals will switch to open-source encryption if police get backdoors in WhatsApp",
  ],
  [
    "crime-effectiveness",
    "war-on-drugs-pretext",
    "against",
    "The war on drugs is no reason for messaging backdoors: legalising cannabis would hurt cartels more",
  ],
  [
    "crime-effectiveness",
    "surveillance-works-or-not",
    "for",
    "Police access to encrypted messages helps cut gang violence, Danish study says",
  ],
  [
    "democracy-privacy-culture",
    "opinion-framing",
    "for",
    "Poll: voters would accept reading of encrypted messages when it is framed as child protection",
  ],
  [
    "democracy-privacy-culture",
    "privacy-institutions",
    "against",
    "CNIL, France's data protection authority, defends privacy against encryption backdoors",
  ],
  [
    "democracy-privacy-culture",
    "active-defence",
    "against",
    "Citizens and activists must protest again and again to defend encryption and civil liberties",
  ],
  [
    "eu-international",
    "eu-mandate-alive",
    null,
    "EU chat control returns: on-device scanning of messages still pending despite France's rejection",
  ],
  [
    "eu-international",
    "us-dependence",
    null,
    "Encryption backdoor fight shows Europe's dependence on US platforms and intelligence sharing with Washington",
  ],
  [
    "eu-international",
    "covert-capabilities",
    null,
    "European states stay clean while others use secret backdoors and zero-day exploits to read messages",
  ],
  [
    "alternatives-providers-risks",
    "device-exploits-metadata",
    null,
    "Instead of encryption backdoors police rely on spyware such as Pegasus, metadata and targeted hacking",
  ],
  [
    "alternatives-providers-risks",
    "provider-resistance",
    "against",
    "Signal would rather exit the market than weaken its encryption",
  ],
  [
    "alternatives-providers-risks",
    "ai-mass-surveillance",
    "against",
    "AI-driven mass surveillance will build on mandated access to encrypted messages",
  ],
] as const;

test.each(ROWS)("a reader of %s finds the point %s (%s)", (theme, argument, side, title) => {
  const found = classifyItem(loadModels(), ItemInput.parse({ title }));

  expect(found.relevant).toBe(true);
  expect(found.themes.map(({ id }) => id)).toContain(theme);
  expect(found.arguments.map(({ id, side }) => [id, side])).toContainEqual([argument, side]);
});

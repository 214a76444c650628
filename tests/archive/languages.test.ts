import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openArchive, type SeededArchive } from "./seed.ts";

let archive: SeededArchive;
beforeAll(async () => {
  archive = await openArchive();
});
afterAll(() => archive.close());

const read = async (path: string, accept?: string) => {
  const headers: Record<string, string> = accept === undefined ? {} : { "accept-language": accept };
  const answer = await archive.app.request(path, { headers });
  return { answer, text: await answer.text() };
};

describe("a browser gets the first language of its list that there is", () => {
  it.each([
    ["fr", "fr"],
    ["de-CH,fr;q=0.8", "de"],
    ["en;q=0.3, fr;q=0.9", "fr"],
    ["nl, sv, de;q=0.1", "de"],
    ["fr;q=0, de", "de"],
    ["nl", "en"],
    ["", "en"],
  ])("%s", async (accept, language) => {
    const { answer, text } = await read("/dossiers", accept);

    expect(text).toContain(`<html lang="${language}">`);
    expect(answer.headers.get("vary")).toContain("Accept-Language");
  });
});

it("an address that names a language is in it for everybody, and its links stay there", async () => {
  const { answer, text } = await read("/fr/dossiers/fr-test-bill", "de");

  expect(text).toContain('<html lang="fr">');
  expect(text).toContain('href="/fr/subscribe?dossier=fr-test-bill"');
  expect(text).toContain('href="/de/dossiers/fr-test-bill"');
  expect(text).toContain('href="/api/dossiers/fr-test-bill"');
  expect(text).not.toContain('href="/fr/style.css"');
  expect(answer.headers.get("vary") ?? "").not.toContain("Accept-Language");
});

it("other sites are told where a page is in the other languages, without the marks of clicks", async () => {
  const { text } = await read("/dossiers?utm_source=x&jurisdiction=SE");

  expect(text).toContain(
    '<link rel="alternate" hreflang="de" href="https://watch.example.org/de/dossiers?jurisdiction=SE">',
  );
  expect(text).not.toContain("utm_source");
});

it("a sign-up that comes from a dossier has it ticked already", async () => {
  const { text } = await read("/subscribe?dossier=se-test-bill&jurisdiction=FR");
  const ticked = [...text.matchAll(/name="([^"]+)" value="([^"]+)" checked/g)].map(
    ([, name, value]) => `${name} ${value}`,
  );

  expect(ticked).toEqual(["jurisdictions[] FR", "dossiers[] se-test-bill", "possible 1"]);
});

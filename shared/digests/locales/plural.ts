// Plural forms by CLDR's rules (Intl.PluralRules): `#` stands for the number as the language writes it.

export interface Forms {
  readonly one: string;
  readonly other: string;
}

/** @returns a function that picks the form for a whole number; French counts 0 as one, and `many` (millions) as other */
export function pluralOf(tag: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(tag);
  const numbers = new Intl.NumberFormat(tag);
  return (count, forms) =>
    (rules.select(count) === "one" ? forms.one : forms.other).replace("#", numbers.format(count));
}

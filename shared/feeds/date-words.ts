// Feeds: names of months and zones as dates in feeds spell them.

/** Lower-case, without accents; where two languages disagree, the one that feeds were seen in. */
const NAMES: readonly (readonly string[])[] = [
  "jan january januar janvier janv enero ene januari gennaio gen janeiro ιαν ιανουαριος ιανουαριου januar. jän janner janar tammikuuta januaru января янв stycznia ledna sty ianuarie ocak oca sausio januara jaanuar janvaris siecnia січня",
  "feb february februar fevrier fevr fev febrero februari febbraio fevereiro φεβ φεβρουαριος φεβρουαριου februar. helmikuuta февраля фев lutego unora lut februarie subat sub vasario februara veebruar лютого лют februaris",
  "mar march marz mrz mars marzo maart marec marco μαρ μαρτιος μαρτιου μαρτ marcius marc maerz maaliskuuta марта мар marca brezna mrt marts mart martie kovo marta березня бер",
  "apr april avril avr abril abr aprile απρ απριλιος απριλιου aprilis apr. huhtikuuta апреля апр kwietnia dubna kwi aprilie nisan nis balandzio aprila aprili квітня кві",
  "may mai mayo mei maggio maio mag μαι μαιος μαιου μαϊ majus maj toukokuuta мая май maja kvetna mayis gegužes maju травня тра",
  "jun june juni juin junio giugno giu junho ιουν ιουνιος ιουνιου junius jun. kesakuuta июня июн czerwca cervna cze iunie haziran haz birzelio juna juuni червня чер junijs",
  "jul july juli juillet juil julio luglio lug julho ιουλ ιουλιος ιουλιου julius heinakuuta июля июл lipca cervence lip iulie temmuz tem liepos jula juuli липня лип julijs",
  "aug august aout agosto ago augustus αυγ αυγουστος αυγουστου augusztus elokuuta августа авг sierpnia srpna augusti sie agustos agu rugpjucio augusta avgust серпня сер augusts aou",
  "sep september sept septembre septiembre settembre set setembro σεπ σεπτεμβριος σεπτεμβριου σεπτ szeptember szept syyskuuta сентября сен wrzesnia zari wrz septembrie eylul eyl rugsejo septembra септември вересня вер septembris",
  "oct october oktober okt octobre octubre ottobre ott outubro out οκτ οκτωβριος οκτωβριου lokakuuta октября окт pazdziernika rijna paz octombrie ekim eki spalio oktobra октомври жовтня жов oktobris oktoober",
  "nov november novembre noviembre novembro νοε νοεμ νοεμβριος νοεμβριου marraskuuta ноября ноя listopada listopadu lis noiembrie kasim kas lapkricio novembra ноември листопада лис novembris marras",
  "dec december dezember dez decembre diciembre dic dicembre dezembro δεκ δεκεμβριος δεκεμβριου joulukuuta декабря дек grudnia prosince desember des gru decembrie aralik ara gruodzio decembra декември грудня гру decembris detsember",
].map((line) => line.split(" "));

/** A month's name or usual abbreviation to its number from 1. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, index) =>
    names.map((name) => [name.normalize("NFD").replace(/\p{M}/gu, ""), index + 1] as const),
  ),
);

const HOURS: readonly (readonly [string, number])[] = [
  ["UT", 0],
  ["UTC", 0],
  ["GMT", 0],
  ["WET", 0],
  ["BST", 1],
  ["WEST", 1],
  ["CET", 1],
  ["MEZ", 1],
  ["MET", 1],
  ["MEST", 2],
  ["CEST", 2],
  ["MESZ", 2],
  ["EET", 2],
  ["SAST", 2],
  ["EEST", 3],
  ["MSK", 3],
  ["TRT", 3],
  ["PKT", 5],
  ["IST", 5.5],
  ["ICT", 7],
  ["HKT", 8],
  ["AWST", 8],
  ["SGT", 8],
  ["JST", 9],
  ["KST", 9],
  ["ACST", 9.5],
  ["AEST", 10],
  ["ACDT", 10.5],
  ["AEDT", 11],
  ["NZST", 12],
  ["NZDT", 13],
  ["NST", -3.5],
  ["NDT", -2.5],
  ["BRT", -3],
  ["ART", -3],
  ["AST", -4],
  ["AT", -4],
  ["ADT", -3],
  ["EST", -5],
  ["EDT", -4],
  ["ET", -5],
  ["CST", -6],
  ["CDT", -5],
  ["CT", -6],
  ["MST", -7],
  ["MDT", -6],
  ["MT", -7],
  ["PST", -8],
  ["PDT", -7],
  ["PT", -8],
  ["AKST", -9],
  ["AKDT", -8],
  ["HST", -10],
];

/**
 * RFC 822's military letters as it meant them (RFC 1123 §5.2.14 notes that it had the signs wrong and that they are best read
 * as zero); feedparser reads A, N, M and Y so, and others do not.
 */
const LETTERS: readonly (readonly [string, number])[] = [
  ["Z", 0],
  ["A", -1],
  ["N", 1],
  ["M", -12],
  ["Y", 12],
];

/** A zone's name to minutes east of Greenwich. */
export const ZONES: ReadonlyMap<string, number> = new Map(
  [...HOURS, ...LETTERS].map(([name, hours]) => [name, hours * 60] as const),
);

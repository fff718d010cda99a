internal import Kernel

extension RespectfulWords {
  /// HH's nine words in three groups, and *cliënt*, which is our own choice (domain §2). HH names a word for each group;
  /// only a noun for a noun in the same number fits a sentence, so only people are offered one, and *hinder* for
  /// *overlast*. Of the others one is told why. *Opvang* is a place too, so a region turns it on if it likes.
  static let standard: [Word] = [
    dutch("ex-dakloze", ["ex-daklozen"], "buurtbewoner", ["buurtbewoner", "buurtbewoners"], "person"),
    dutch(
      "verward persoon", ["verwarde persoon", "verwarde personen"], "buurtbewoner",
      ["buurtbewoner", "buurtbewoner", "buurtbewoners"], "person"),
    dutch(
      "verslaafde", ["verslaafden"], "buurtbewoner", ["buurtbewoner", "buurtbewoners"], "person",
      notBefore: ["aan"]),
    dutch(
      "cliënt", ["cliënten", "client", "clienten"], "bewoner", ["bewoner", "bewoners", "bewoner", "bewoners"], "client",
      notBefore: ["van", "bij"]),
    dutch("overlast", [], "hinder", ["hinder"], "nuisance"),
    dutch("terugval", ["terugvallen"], "leerervaring", [], "relapse"),
    dutch("behandeling", ["behandelingen"], "leerervaring", [], "treatment", notAfter: ["in", "ter"]),
    dutch("uitstroom", ["uitstromen"], "verhuizen", [], "moving"),
    dutch("opname", ["opnames"], "verhuizen", [], "moving"),
    dutch("opvang", [], "verhuizen", [], "moving", isOff: true),
    english(
      "former homeless person", ["formerly homeless person", "former homeless people"], "neighbour",
      ["neighbour", "neighbour", "neighbours"], "person"),
    english(
      "confused person", ["confused people", "confused persons"], "neighbour",
      ["neighbour", "neighbours", "neighbours"], "person"),
    // "An addict" would become "an neighbour": the script leaves a word after "an" alone.
    english("addict", ["addicts"], "neighbour", ["neighbour", "neighbours"], "person"),
    english("client", ["clients"], "resident", ["resident", "residents"], "client", notBefore: ["of", "at"]),
    english("nuisance", [], "what happened", [], "nuisance"),
    english("relapse", ["relapses"], "learning experience", [], "relapse"),
    english("treatment", ["treatments"], "learning experience", [], "treatment"),
    english("outflow", [], "moving house", [], "moving"),
    english("admission", ["admissions"], "moving house", [], "moving"),
    english("shelter", ["shelters"], "moving house", [], "moving", isOff: true),
  ]

  private static func dutch(
    _ word: String, _ forms: [String], _ instead: String, _ others: [String], _ why: String, notAfter: [String] = [],
    notBefore: [String] = [], isOff: Bool = false
  ) -> Word {
    Word(
      language: .dutch, word: word, forms: forms, instead: instead,
      fitting: Dictionary(uniqueKeysWithValues: zip([word] + forms, others)), why: why, notAfter: notAfter,
      notBefore: notBefore, isOff: isOff, isStandard: true)
  }

  private static func english(
    _ word: String, _ forms: [String], _ instead: String, _ others: [String], _ why: String, notBefore: [String] = [],
    isOff: Bool = false
  ) -> Word {
    Word(
      language: .english, word: word, forms: forms, instead: instead,
      fitting: Dictionary(uniqueKeysWithValues: zip([word] + forms, others)), why: why, notBefore: notBefore,
      isOff: isOff, isStandard: true)
  }
}

/// Beside which words a noun stands by itself, so that another noun can take its place. A word in front that is no
/// article or preposition may belong to it ("een aan drank verslaafde man"), one behind it may be what it tells of ("de
/// ex-dakloze man"); then nothing is offered.
enum Beside {
  static func before(_ language: Language) -> [String] { language == .dutch ? dutchBefore : englishBefore }
  static func after(_ language: Language) -> [String] { language == .dutch ? dutchAfter : englishAfter }

  private static let dutchBefore = words(
    """
    de een die deze elke iedere geen onze mijn jouw zijn haar hun dezelfde welke als van voor met bij door tegen over aan \
    naar om tussen zonder volgens namens en of maar want dat omdat wat veel minder meer weinig gaf geeft gaven geven had \
    heeft hadden hebben meldt meldde melden veroorzaakt veroorzaakte krijgt kreeg ervaart ervaarde was is waren werd wordt \
    blijft bleef twee drie vier vijf zes zeven acht negen tien enkele sommige alle andere beide
    """)
  private static let dutchAfter = words(
    """
    is was zijn waren wordt werd worden werden heeft had hebben hadden kan kon kunnen konden wil wilde willen zal zou moet \
    moest moeten mag mocht gaat ging gaan kwam komt komen woont woonde wonen zegt zei zeggen vertelt vertelde vraagt vroeg \
    belt belde werkt werkte voelt voelde blijft bleef krijgt kreeg doet deed denkt dacht vindt vond neemt nam geeft gaf \
    helpt hielp zit zat zitten zaten staat stond staan stonden ligt lag liggen lagen loopt liep lopen liepen slaapt sliep slapen \
    eet at eten aten drinkt dronk ziet zag zien zagen hoort hoorde spreekt sprak praat praatte huilt huilde lacht lachte schrijft \
    schreef leest las koopt kocht betaalt betaalde zoekt zocht mist miste heet wacht wachtte opent reageert reageerde en of maar \
    want dus die dat als toen omdat terwijl met van in op bij uit naar voor door om over na tot \
    tegen zonder tijdens sinds niet ook nog al weer nu vandaag gisteren morgen hier daar er zelf graag wel veel weinig
    """)
  private static let englishBefore = words(
    """
    the a this that these those each every no our my your his her their same which as of for with by against about to \
    between without and or but because than two three four five six seven eight nine ten some all other both was is were \
    are
    """)
  private static let englishAfter = words(
    """
    is was are were has had have can could will would shall should must may might wants wanted says said tells told asks \
    asked calls called came comes went goes stood stands sat sits left opens started rings rang lives lived works worked feels felt gets got does did thinks thought finds found takes took gives gave \
    helps helped and or but who that as when because while with of in on at from to for by about after until against \
    without during since not also still again now today yesterday tomorrow here there
    """)

  private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}

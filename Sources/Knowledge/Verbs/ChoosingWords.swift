internal import Kernel
internal import Site
internal import Store

extension PreferredWord {
  static func all(_ reader: Reader) throws -> [PreferredWord] {
    try reader.all(PreferredWord.self, "where id is not null order by id")
  }

  /// Points a word out from now on, with this suggestion; one that stood there already gets the new one.
  /// - Throws: `Problem.invalid` with every fault.
  static func choose(_ form: Fields, _ transaction: Transaction) throws -> PreferredWord {
    var faults = FormReader(form)
    let language: Language? = form.choice("language")
    if language == nil { faults.add("language", "form.needed") }
    let word = faults.text("word", atMost: 60).lowercased()
    let instead = faults.text("instead", atMost: 120)
    let forms = (faults.maybe("forms", atMost: 300) ?? "").lowercased().split(whereSeparator: {
      $0 == "," || $0.isNewline
    })
    .map { $0.trimmed }.filter { !$0.isEmpty }
    if ([word] + forms).contains(where: { !$0.isEmpty && !$0.contains(where: \.isLetter) }) {
      faults.add("word", "words.noLetters")
    }
    if instead.lowercased() == word && !word.isEmpty { faults.add("instead", "words.same") }
    try faults.check()
    // Another suggestion for a word that is known keeps its forms.
    let known = RespectfulWords(try all(transaction)).words.first { $0.language == language && $0.word == word }
    return try keep(
      language ?? .dutch, word, forms.isEmpty ? known?.forms ?? [] : forms, instead, isOff: false, transaction)
  }

  /// No longer points a word out, or does again.
  static func turn(_ form: Fields, off isOff: Bool, _ transaction: Transaction) throws -> PreferredWord {
    let language: Language = form.choice("language") ?? .dutch
    let list = RespectfulWords(try all(transaction))
    guard let word = list.words.first(where: { $0.language == language && $0.word == form["word"] }) else {
      throw Problem.notFound
    }
    return try keep(language, word.word, word.forms, word.instead, isOff: isOff, transaction)
  }

  private static func keep(
    _ language: Language, _ word: String, _ forms: [String], _ instead: String, isOff: Bool, _ transaction: Transaction
  ) throws -> PreferredWord {
    let today = RegionTime.amsterdam.date(of: transaction.now)
    var choice =
      try transaction.first(PreferredWord.self, "where language = \(language) and word = \(word)")
      ?? PreferredWord(
        id: transaction.freshID(), language: language, word: word, forms: forms, instead: instead, isOff: isOff,
        changedOn: today)
    choice.forms = forms
    choice.instead = instead
    choice.isOff = isOff
    choice.changedOn = today
    return try transaction.put(choice)
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var rest = self
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}

internal import CStemmer
internal import Kernel
internal import Synchronization

/// Words without their endings, by Snowball (libstemmer): "huizen" and "huis" are found by one another.
final class Stemmer: Sendable {
  private struct Engine: @unchecked Sendable { let pointer: OpaquePointer? }
  private let engine: Mutex<Engine>
  private let otherForms: [String: String]

  init(_ language: Language) {
    otherForms = language == .dutch ? Self.dutchForms : Self.englishForms
    let name = language == .dutch ? "dutch" : "english"
    engine = Mutex(Engine(pointer: sb_stemmer_new(name, "UTF_8")))
  }

  /// What endings do not tell: verbs as they stand in a sentence, and numbers in words as they stand in digits.
  private static let dutchForms = [
    "woon": "wonen", "woont": "wonen", "woonde": "wonen", "woonden": "wonen", "gewoond": "wonen", "werkt": "werken",
    "helpt": "helpen", "hielp": "helpen", "krijgt": "krijgen", "betaalt": "betalen", "verhuist": "verhuizen",
    "huurt": "huren", "zoekt": "zoeken", "leert": "leren", "vraagt": "vragen", "blijft": "blijven", "weet": "weten",
    "kost": "kosten", "belt": "bellen", "twee": "2", "drie": "3", "vier": "4", "vijf": "5", "zes": "6", "zeven": "7",
    "acht": "8", "negen": "9", "tien": "10", "elf": "11", "twaalf": "12", "dertien": "13", "veertien": "14",
    "vijftien": "15", "zestien": "16", "zeventien": "17", "twintig": "20",
  ]
  private static let englishForms = [
    "lives": "live", "lived": "live", "living": "live", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13",
    "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17", "twenty": "20",
  ]

  deinit {
    engine.withLock { sb_stemmer_delete($0.pointer) }
  }

  /// - Parameter word: in lower case.
  func stem(_ word: String) -> String {
    let bytes = Array((otherForms[word] ?? word).utf8)
    return engine.withLock { engine in
      guard let pointer = engine.pointer, let stemmed = sb_stemmer_stem(pointer, bytes, Int32(bytes.count)) else {
        return word
      }
      let count = Int(sb_stemmer_length(pointer))
      return String(decoding: UnsafeBufferPointer(start: stemmed, count: count), as: UTF8.self)
    }
  }
}

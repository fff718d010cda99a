internal import Foundation

/// Names as they can be compared: the one place that says when two spellings are one name.
///
/// Folding is NFKD without the marks of the Latin, Greek, Hebrew and Arabic scripts, and a table for letters that have
/// no decomposition (Unicode Standard, chapter 7; the table follows ASCII folding of CLDR's Latin-ASCII). What can't be
/// folded stays as it is: a name in Arabic or Chinese is a name.
public enum Names {
  /// A word of a name, with other ways to write it.
  struct Word: Equatable, Sendable {
    /// Written as one: `alhassan` for Al-Hassan.
    let joined: String
    /// What hyphens, apostrophes and dots stand between: `al`, `hassan`.
    let pieces: [String]

    /// A small word, as `van`.
    var isSmall: Bool { Names.particles.contains(joined) }
  }

  /// The words of a name, or of what somebody types to find one.
  static func words(_ text: String) -> [Word] {
    text.split { $0.isWhitespace || $0 == "," || $0 == "/" || $0 == ";" }.compactMap { token in
      let pieces = pieces(String(token))
      return pieces.isEmpty ? nil : Word(joined: pieces.joined(), pieces: pieces)
    }
  }

  /// Letters, digits and signs in lower case without marks, one space between words: equal names are equal texts.
  static func folded(_ text: String) -> String { pieces(text).joined(separator: " ") }

  /// The same without spaces.
  static func solid(_ text: String) -> String { pieces(text).joined() }

  /// Everything between white space and punctuation.
  private static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var piece = String.UnicodeScalarView()
    for scalar in text.lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
        .paragraphSeparator, .dashPunctuation, .openPunctuation, .closePunctuation, .connectorPunctuation,
        .otherPunctuation, .initialPunctuation, .finalPunctuation, .modifierSymbol:
        // A soft hyphen or a joiner stands inside a word.
        if scalar.properties.generalCategory == .format || piece.isEmpty { continue }
        pieces.append(String(piece))
        piece = String.UnicodeScalarView()
      case _ where isMark(scalar.value): continue
      default:
        if let plain = letters[scalar] { piece.append(contentsOf: plain.unicodeScalars) } else { piece.append(scalar) }
      }
    }
    if !piece.isEmpty { pieces.append(String(piece)) }
    return pieces
  }

  /// Accents, and the vowel points of Hebrew and Arabic. Marks that are letters of their script stay.
  private static func isMark(_ value: UInt32) -> Bool {
    switch value {
    case 0x300...0x36F, 0x591...0x5C7, 0x64B...0x652, 0x670, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF:
      true
    default: false
    }
  }

  private static let letters: [Unicode.Scalar: String] = [
    "ł": "l", "ø": "o", "ı": "i", "ß": "ss", "đ": "d", "ð": "d", "æ": "ae", "þ": "th", "œ": "oe", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ĸ": "k", "ə": "e", "ɛ": "e", "ɣ": "g", "ɔ": "o", "ƒ": "f", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y",
    "ȷ": "j", "ŉ": "n", "ʻ": "", "ʼ": "", "ʽ": "", "ʾ": "", "ʿ": "", "ʹ": "",
  ]

  /// Small words that stand before or after a surname, or are left out (*tussenvoegsels*; as the Dutch basic
  /// registration lists them, with those of names from elsewhere).
  static let particles: Set<String> = [
    "van", "de", "der", "den", "het", "te", "ten", "ter", "in", "op", "aan", "bij", "uit", "tot", "over", "onder",
    "voor", "vd", "vdn", "vh", "von", "vom", "zu", "zum", "zur", "la", "le", "les", "du", "des", "di", "da", "do",
    "dos",
    "das", "del", "della", "dello", "degli", "el", "al", "ul", "ibn", "bin", "bint", "ben", "abu", "ait", "af", "av",
  ]

  /// Small words of one letter, in surnames only: elsewhere a letter is an initial.
  static let letterParticles: Set<String> = ["t", "s", "v", "d", "l", "y", "e"]

  /// Written more simply: how a name sounds in Dutch, so that spellings of one name meet.
  static func sound(_ word: String) -> String {
    let letters = Array(word)
    var text = ""
    var place = 0
    while place < letters.count {
      var (plain, length) = (String(letters[place]), 1)
      for long in [3, 2, 1] where place + long <= letters.count {
        guard let found = sounds[String(letters[place..<(place + long)])] else { continue }
        (plain, length) = (found, long)
        break
      }
      for letter in plain where letter != text.last { text.append(letter) }
      place += length
    }
    return text
  }

  private static let sounds = [
    "sch": "s", "ij": "i", "ei": "i", "ey": "i", "ae": "a", "oe": "o", "ou": "o", "au": "o", "ue": "u", "ph": "f",
    "th": "t", "ck": "k", "dt": "t", "sz": "s", "y": "i", "c": "k", "z": "s", "v": "f", "x": "ks", "h": "",
  ]

  /// Is one made from the other by one letter more, less, other, or two that changed places?
  static func differByOneLetter(_ one: String, _ other: String) -> Bool {
    let (a, b) = (Array(one.unicodeScalars), Array(other.unicodeScalars))
    return Near(a, b, isPrefixEnough: false).isNear
  }
}

/// Equal but for one letter, found from the first place where they part.
struct Near {
  let isNear: Bool

  /// - Parameter isPrefixEnough: the second may go on after what is typed.
  init(_ typed: [Unicode.Scalar], _ word: [Unicode.Scalar], isPrefixEnough: Bool) {
    func rest(_ a: ArraySlice<Unicode.Scalar>, _ b: ArraySlice<Unicode.Scalar>) -> Bool {
      isPrefixEnough ? b.starts(with: a) : a == b
    }
    var same = 0
    while same < typed.count && same < word.count && typed[same] == word[same] { same += 1 }
    let (a, b) = (typed[same...], word[same...])
    let isSwapped =
      a.count > 1 && b.count > 1 && a[same] == b[same + 1] && a[same + 1] == b[same]
      && rest(a.dropFirst(2), b.dropFirst(2))
    isNear =
      rest(a, b) || rest(a.dropFirst(), b.dropFirst()) || rest(a.dropFirst(), b) || rest(a, b.dropFirst()) || isSwapped
  }
}

/// A text for comparing whole names: lower case, without accents, with one space between its words.
public func folded(_ name: String) -> String { Names.folded(name) }

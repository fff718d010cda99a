internal import Foundation

/// How a text file holds its letters.
public enum TextEncoding: String, Sendable, CaseIterable {
  case utf8, utf16Little, utf16Big
  case windows1252, windows1250, windows1254, macRoman, dos850

  private var foundation: String.Encoding {
    switch self {
    case .utf8: .utf8
    case .utf16Little: .utf16LittleEndian
    case .utf16Big: .utf16BigEndian
    case .windows1252: .windowsCP1252
    case .windows1250: .windowsCP1250
    case .windows1254: .windowsCP1254
    case .macRoman, .dos850: .utf8
    }
  }

  func text(_ bytes: some Collection<UInt8>) -> String? {
    switch self {
    case .utf8: String(validating: bytes, as: UTF8.self)
    case .dos850: Self.text(bytes, upper: Self.upper850)
    case .macRoman: Self.text(bytes, upper: Self.upperMac)
    default: String(bytes: bytes, encoding: foundation)
    }
  }

  private static func text(_ bytes: some Collection<UInt8>, upper: [Unicode.Scalar]) -> String {
    String(
      String.UnicodeScalarView(bytes.map { $0 < 0x80 ? Unicode.Scalar($0) : upper[Int($0) - 0x80] }))
  }

  /// Code page 850, which Foundation has not everywhere (Unicode Consortium, CP850.TXT).
  private static let upper850 = Array(
    ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
      + "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}").unicodeScalars)

  /// Mac OS Roman, of which Foundation has another table on Linux (Unicode Consortium, ROMAN.TXT).
  private static let upperMac = Array(
    ("ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø"
      + "¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ").unicodeScalars)

  /// The text of a file. UTF-8 and UTF-16 are told by their form, Windows-1252 by having only letters where letters
  /// stand; anything else is asked.
  static func read(_ bytes: [UInt8], as chosen: TextEncoding?) throws(TableFaults) -> (String, TextEncoding) {
    if let chosen {
      guard let text = chosen.text(chosen == .utf8 ? withoutMark(bytes) : bytes[...]) else {
        throw TableFaults(.mixedEncodings, line: 1, ["lines": ""])
      }
      return (try checked(text), chosen)
    }
    if let (encoding, rest) = wide(bytes) {
      guard let text = encoding.text(rest) else { throw TableFaults(.damaged) }
      return (try checked(text), encoding)
    }
    let content = withoutMark(bytes)
    if content.contains(0) { throw TableFaults(.notATable) }
    if let text = TextEncoding.utf8.text(content) { return (try checked(text), .utf8) }
    try refuseMixed(Array(content))
    let words = WordsInDoubt(Array(content))
    guard words.isWestern else {
      var faults = TableFaults(.encodingUnclear, line: words.line, [:])
      faults.choices = words.choices
      throw faults
    }
    guard let text = TextEncoding.windows1252.text(content) else { throw TableFaults(.notATable) }
    return (try checked(text), .windows1252)
  }

  private static func withoutMark(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
  }

  /// UTF-16 by its mark, or by a zero beside nearly every letter.
  private static func wide(_ bytes: [UInt8]) -> (TextEncoding, ArraySlice<UInt8>)? {
    if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16Little, bytes.dropFirst(2)) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16Big, bytes.dropFirst(2)) }
    let start = bytes.prefix(400)
    guard start.count >= 8 else { return nil }
    let odd = start.indices.count { $0 % 2 == 1 && start[$0] == 0 }
    let even = start.indices.count { $0 % 2 == 0 && start[$0] == 0 }
    if odd > start.count * 2 / 5 && even == 0 { return (.utf16Little, bytes[...]) }
    return even > start.count * 2 / 5 && odd == 0 ? (.utf16Big, bytes[...]) : nil
  }

  /// Some lines in UTF-8 and some not: names would come in garbled.
  private static func refuseMixed(_ bytes: [UInt8]) throws(TableFaults) {
    var wrong: [Int] = []
    var right: [Int] = []
    for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
    where line.contains(where: { $0 >= 0x80 }) {
      if TextEncoding.utf8.text(line) == nil { wrong.append(number + 1) } else { right.append(number + 1) }
    }
    // A single line of Windows-1252 is seldom UTF-8 by chance; a line of UTF-8 among others is no chance.
    guard !right.isEmpty else { return }
    let few = wrong.count <= right.count ? wrong : right
    throw TableFaults(few.prefix(200).map { TableFault(.mixedEncodings, line: $0) })
  }

  /// What was garbled before it came here: read once in another encoding, or with letters already lost.
  private static func checked(_ text: String) throws(TableFaults) -> String {
    var garbled: [Int] = []
    var line = 1
    var before: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      let isTwice =
        (before == "Ã" || before == "Å" || before == "Ä") && (0x80...0xBF).contains(scalar.value)
        || before == "â" && scalar == "€"
      if (isTwice || scalar == "\u{FFFD}") && garbled.last != line { garbled.append(line) }
      if scalar == "\n" { line += 1 }
      before = scalar
    }
    guard garbled.isEmpty else { throw TableFaults(garbled.prefix(200).map { TableFault(.garbled, line: $0) }) }
    return text
  }
}

/// The words of a text file that hold letters beyond ASCII, and whether these are letters in Windows-1252.
private struct WordsInDoubt {
  /// A letter that is another in Turkey's page: ğ ı ş stand where Iceland's letters do.
  private static let turkish: Set<UInt8> = [0xD0, 0xDD, 0xDE, 0xF0, 0xFD, 0xFE]

  private(set) var isWestern = true
  private(set) var line = 1
  private var words: [[UInt8]] = []

  init(_ bytes: [UInt8]) {
    var number = 1
    var word: [UInt8] = []
    for byte in bytes + [UInt8(ascii: "\n")] {
      let isLetter = byte >= 0x80 || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
      if isLetter {
        word.append(byte)
      } else {
        note(word, number)
        word = []
      }
      if byte == UInt8(ascii: "\n") { number += 1 }
    }
  }

  private mutating func note(_ word: [UInt8], _ number: Int) {
    guard word.contains(where: { $0 >= 0x80 }) else { return }
    let hasDoubt = word.indices.contains { place in
      let byte = word[place]
      if byte < 0x80 || byte >= 0xC0 && !Self.turkish.contains(byte) && byte != 0xD7 && byte != 0xF7 { return false }
      // Š Œ Ž š œ ž Ÿ are letters too; marks and signs stand between words, not in them.
      if [0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E, 0x9F].contains(byte) { return word.count > 1 }
      switch byte {
      case 0x92, 0xA0, 0xAD: return false
      // Opening quotes begin a word; dashes and closing quotes do not stand inside one.
      case 0x82, 0x84, 0x91, 0x93: return place > 0
      case 0x94, 0x96, 0x97: return place > 0 && place < word.count - 1
      default: break
      }
      return Self.turkish.contains(byte) || place > 0 || place < word.count - 1
    }
    if words.count < 8 || hasDoubt && isWestern { words.append(word) }
    if hasDoubt && isWestern { (isWestern, line) = (false, number) }
  }

  /// How the words would look in each.
  var choices: [EncodingChoice] {
    [TextEncoding.windows1252, .windows1254, .windows1250, .macRoman, .dos850].compactMap { encoding in
      let sample = words.suffix(6).compactMap { encoding.text($0) }
      guard sample.count == words.suffix(6).count else { return nil }
      return EncodingChoice(encoding: encoding, sample: sample.joined(separator: ", "))
    }
  }
}

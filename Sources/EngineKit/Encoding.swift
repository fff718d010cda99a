/// Bytes that are no text in UTF-8: names read from them would be garbled, and two people could become one.
enum Encoding {
  /// The byte-order mark of UTF-8.
  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// What is wrong, with its line.
  static func fault(of bytes: [UInt8]) -> InputFault? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return InputFault(line: 1, "in UTF-16; save it as CSV in UTF-8")
    }
    guard let place = firstWrong(bytes) else { return nil }
    let line = 1 + bytes[..<place].count { $0 == UInt8(ascii: "\n") }
    let reason = bytes[place] == 0 ? "a byte 0, which is no text" : "not in UTF-8; save it as CSV in UTF-8"
    return InputFault(line: line, reason)
  }

  /// The first byte that is 0, or begins no letter.
  private static func firstWrong(_ bytes: [UInt8]) -> Int? {
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if byte < 0x80 {
        if byte == 0 { return place }
        place += 1
        continue
      }
      guard let length = lengthOfLetter(bytes[place...]) else { return place }
      place += length
    }
    return nil
  }

  /// By the table of well-formed sequences in the Unicode standard (3-7).
  private static func lengthOfLetter(_ bytes: ArraySlice<UInt8>) -> Int? {
    let letter = bytes.prefix(4)
    guard let first = letter.first, letter.count > 1 else { return nil }
    let second = letter[letter.startIndex + 1]
    let range: ClosedRange<UInt8>
    let length: Int
    switch first {
    case 0xC2...0xDF: (length, range) = (2, 0x80...0xBF)
    case 0xE0: (length, range) = (3, 0xA0...0xBF)
    case 0xED: (length, range) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, range) = (3, 0x80...0xBF)
    case 0xF0: (length, range) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, range) = (4, 0x80...0xBF)
    case 0xF4: (length, range) = (4, 0x80...0x8F)
    default: return nil
    }
    guard letter.count >= length, range.contains(second) else { return nil }
    return letter.prefix(length).dropFirst(2).allSatisfy { 0x80...0xBF ~= $0 } ? length : nil
  }
}

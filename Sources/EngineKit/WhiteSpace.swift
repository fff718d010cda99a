/// White space as people and spreadsheets leave it around a name: also the kinds that do not break and those without
/// width, which nobody sees.
public enum WhiteSpace {
  /// Without white space before and after, byte by byte in UTF-8.
  public static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes
    while let length = length(atStart: rest) { rest = rest.dropFirst(length) }
    while let length = length(atEnd: rest) { rest = rest.dropLast(length) }
    return rest
  }

  /// Without white space before and after.
  public static func trimmed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let inner = trimmed(bytes[...])
    return inner.count == bytes.count ? text : String(decoding: inner, as: UTF8.self)
  }

  @inline(__always)
  private static func length(atStart bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = bytes.first else { return nil }
    if first <= 0x20 { return 1 }
    if first < 0xC2 { return nil }
    return (2...3).first { bytes.count >= $0 && isWide(bytes.prefix($0)) }
  }

  @inline(__always)
  private static func length(atEnd bytes: ArraySlice<UInt8>) -> Int? {
    guard let last = bytes.last else { return nil }
    if last <= 0x20 { return 1 }
    if last < 0x80 { return nil }
    return (2...3).first { bytes.count >= $0 && isWide(bytes.suffix($0)) }
  }

  /// Of more than one byte: no-break, en to hair, narrow, mathematical and ideographic spaces, without width, and the mark.
  private static func isWide(_ bytes: ArraySlice<UInt8>) -> Bool {
    let letters = String(decoding: bytes, as: UTF8.self).unicodeScalars
    guard let letter = letters.first, letters.count == 1 else { return false }
    switch letter.value {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200D, 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF: return true
    default: return false
    }
  }
}

/// Numbers from bytes, without a string in between.
public enum NumberReader {
  /// A whole number with an optional sign; nil for anything else, or what does not fit.
  public static func integer(_ bytes: some Collection<UInt8>) -> Int? {
    var rest = bytes[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard !rest.isEmpty else { return nil }
    var value = 0
    for byte in rest {
      let digit = Int(byte) - 48
      guard (0...9).contains(digit) else { return nil }
      let (ten, isTooMuch) = value.multipliedReportingOverflow(by: 10)
      let (next, isOver) = ten.addingReportingOverflow(digit)
      if isTooMuch || isOver { return nil }
      value = next
    }
    return isNegative ? -value : value
  }

  /// A decimal number, exactly as Swift reads one; nil for anything else, also for `nan` and `inf`.
  public static func decimal(_ bytes: some Collection<UInt8>) -> Double? {
    if bytes.count <= 15, let whole = integer(bytes) { return Double(whole) }
    // Digits, sign, point and exponent only: no words, no hexadecimal.
    guard
      bytes.allSatisfy({ byte in
        (48...57).contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
          || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
      })
    else { return nil }
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
    return value
  }
}

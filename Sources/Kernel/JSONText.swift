extension String {
  /// Adds a text as JSON has it: in quotes, with what must be escaped escaped (RFC 8259), and the two line ends that
  /// JavaScript minds besides.
  public mutating func appendJSON(_ text: String) {
    self += "\""
    defer { self += "\"" }
    // Most texts have nothing to escape. 0xE2 begins the two line ends, and others.
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0xE2 }
    if isPlain { return self += text }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": self += "\\\""
      case "\\": self += "\\\\"
      case _ where scalar.value < 0x20 || scalar.value == 0x2028 || scalar.value == 0x2029:
        let hex = String(scalar.value, radix: 16)
        self += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: unicodeScalars.append(scalar)
      }
    }
  }
}

/// Writes JSON as the engines print it: in the order it is asked for, numbers so that they read back the same, and what
/// is no number as null.
public struct JSONWriter {
  public private(set) var text = ""
  private var isFirst = true

  public init() {}

  public mutating func object(_ body: (inout JSONWriter) -> Void) { nest("{", "}", body) }

  public mutating func array(_ body: (inout JSONWriter) -> Void) { nest("[", "]", body) }

  public mutating func member(_ name: String, _ body: (inout JSONWriter) -> Void) {
    comma()
    string(name)
    text += ": "
    isFirst = true
    body(&self)
    isFirst = false
  }

  public mutating func member(_ name: String, _ value: Double?) { member(name) { $0.number(value) } }
  public mutating func member(_ name: String, _ value: Int) { member(name) { $0.text += String(value) } }
  public mutating func member(_ name: String, _ value: String) { member(name) { $0.string(value) } }
  public mutating func member(_ name: String, _ values: [Double]) {
    member(name) { json in json.array { json in for value in values { json.element(value) } } }
  }
  public mutating func member(_ name: String, _ values: [Int]) {
    member(name) { json in
      json.array { json in
        for value in values {
          json.comma()
          json.text += String(value)
        }
      }
    }
  }
  public mutating func member(_ name: String, _ values: [String]) {
    member(name) { json in
      json.array { json in
        for value in values {
          json.comma()
          json.string(value)
        }
      }
    }
  }

  public mutating func whole(_ value: UInt64) { text += String(value) }

  public mutating func element(_ value: Double?) {
    comma()
    number(value)
  }

  public mutating func element(_ body: (inout JSONWriter) -> Void) {
    comma()
    isFirst = true
    body(&self)
    isFirst = false
  }

  private mutating func nest(_ open: String, _ close: String, _ body: (inout JSONWriter) -> Void) {
    text += open
    isFirst = true
    body(&self)
    text += close
    isFirst = false
  }

  private mutating func comma() {
    if !isFirst { text += ", " }
    isFirst = false
  }

  private mutating func number(_ value: Double?) {
    guard let value, value.isFinite else { return text += "null" }
    let isWhole = value == value.rounded() && abs(value) < 1e15
    text += isWhole ? String(Int64(value)) : "\(value)"
  }

  private mutating func string(_ value: String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

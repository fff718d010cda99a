internal import Foundation
internal import Kernel

/// A JSON value. Members keep the order in which they are written.
public enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case real(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  public struct Member: Sendable, Hashable {
    public let name: String
    public let value: JSON
  }

  /// An object of what is there; a missing value leaves its member out.
  public static func of(_ members: KeyValuePairs<String, JSON?>) -> JSON {
    .object(members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
  }

  public subscript(_ name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  public var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let number): text += String(number)
    case .real(let number): text += "\(number)"
    case .string(let string): text.appendJSON(string)
    case .array(let values):
      text += "["
      for (place, value) in values.enumerated() {
        if place > 0 { text += "," }
        value.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (place, member) in members.enumerated() {
        if place > 0 { text += "," }
        text.appendJSON(member.name)
        text += ":"
        member.value.write(to: &text)
      }
      text += "}"
    }
  }

  /// How deep lists and objects may stand in one another; deeper is no call of ours and would only cost.
  private static let deepest = 32

  /// Reads JSON text; nil when it is not, or is nested deeper than anything we take.
  public init?(parsing bytes: [UInt8]) {
    guard Self.depth(bytes) <= Self.deepest else { return nil }
    guard let any = try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed]) else {
      return nil
    }
    self.init(any)
  }

  /// The deepest nesting, counted outside of strings before anything is built.
  private static func depth(_ bytes: [UInt8]) -> Int {
    var depth = 0
    var deepest = 0
    var isString = false
    var isEscaped = false
    for byte in bytes {
      if isEscaped {
        isEscaped = false
      } else if isString {
        if byte == UInt8(ascii: "\\") { isEscaped = true } else if byte == UInt8(ascii: "\"") { isString = false }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isString = true
        case UInt8(ascii: "["), UInt8(ascii: "{"):
          depth += 1
          deepest = max(deepest, depth)
        case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
        default: break
        }
      }
    }
    return deepest
  }

  private init?(_ any: Any) {
    switch any {
    case is NSNull: self = .null
    case let value as Bool where Self.isBool(any): self = .bool(value)
    case let number as Int: self = .integer(number)
    case let number as Double: self = .real(number)
    case let string as String: self = .string(string)
    case let values as [Any]: self = .array(values.compactMap { JSON($0) })
    case let object as [String: Any]:
      self = .object(
        object.sorted { $0.key < $1.key }.compactMap { name, value in
          JSON(value).map { Member(name: name, value: $0) }
        })
    default: return nil
    }
  }

  /// Foundation reads both `1` and `true` as numbers.
  private static func isBool(_ any: Any) -> Bool {
    guard let number = any as? NSNumber else { return any is Bool }
    return number.objCType.pointee == 0x63 || number.objCType.pointee == 0x42
  }
}

internal import Foundation

/// Turns a record into column values, in the order of the table's columns. Simple properties become their value;
/// anything with a structure of its own becomes JSON text with sorted keys.
struct RowEncoder {
  static func encode<R: Record>(_ record: R) throws -> [SQLValue] {
    let encoder = TopEncoder(R.table)
    try record.encode(to: encoder)
    return encoder.values
  }
}

private final class TopEncoder: Encoder {
  let places: [String: Int]
  var values: [SQLValue]
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ table: Table) {
    places = table.placeByProperty
    values = Array(repeating: .null, count: table.columns.count)
  }

  /// For catching single values, where nothing has a name.
  init() {
    places = [:]
    values = []
  }

  func keep(_ value: SQLValue, _ property: String) {
    if let place = places[property] { values[place] = value }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Fields<Key>(top: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { fatalNotARow() }
  func singleValueContainer() -> any SingleValueEncodingContainer { fatalNotARow() }

  private func fatalNotARow() -> Never { preconditionFailure("a record has named properties") }
}

private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let top: TopEncoder
  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil(forKey key: Key) throws { top.keep(.null, key.stringValue) }
  mutating func encode(_ value: Bool, forKey key: Key) throws { top.keep(.integer(value ? 1 : 0), key.stringValue) }
  mutating func encode(_ value: String, forKey key: Key) throws { top.keep(.text(value), key.stringValue) }
  mutating func encode(_ value: Int, forKey key: Key) throws { top.keep(.integer(Int64(value)), key.stringValue) }
  mutating func encode(_ value: Int64, forKey key: Key) throws { top.keep(.integer(value), key.stringValue) }
  mutating func encode(_ value: Double, forKey key: Key) throws { top.keep(.real(value), key.stringValue) }

  mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    top.keep(try (value as? any SQLReadable)?.sqlValue ?? columnValue(of: value), key.stringValue)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { preconditionFailure("properties are encoded whole") }
  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    preconditionFailure("properties are encoded whole")
  }
  mutating func superEncoder() -> any Encoder { top }
  mutating func superEncoder(forKey key: Key) -> any Encoder { top }
}

private func columnValue(of value: some Encodable) throws -> SQLValue {
  let single = OneEncoder()
  try? value.encode(to: single)
  if let found = single.found { return found }
  let json = JSONEncoder()
  json.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return .text(String(decoding: try json.encode(value), as: UTF8.self))
}

private struct HasStructure: Error {}

/// Catches a single value, and nothing else.
private final class OneEncoder: Encoder, SingleValueEncodingContainer {
  var found: SQLValue?
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Fields<Key>(top: TopEncoder()))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer { ListCatcher() }
  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() throws { found = .null }
  func encode(_ value: Bool) throws { found = .integer(value ? 1 : 0) }
  func encode(_ value: String) throws { found = .text(value) }
  func encode(_ value: Double) throws { found = .real(value) }
  func encode(_ value: Float) throws { found = .real(Double(value)) }
  func encode(_ value: Int) throws { found = .integer(Int64(value)) }
  func encode(_ value: Int8) throws { found = .integer(Int64(value)) }
  func encode(_ value: Int16) throws { found = .integer(Int64(value)) }
  func encode(_ value: Int32) throws { found = .integer(Int64(value)) }
  func encode(_ value: Int64) throws { found = .integer(value) }
  func encode(_ value: UInt) throws { found = .integer(Int64(value)) }
  func encode(_ value: UInt8) throws { found = .integer(Int64(value)) }
  func encode(_ value: UInt16) throws { found = .integer(Int64(value)) }
  func encode(_ value: UInt32) throws { found = .integer(Int64(value)) }
  func encode(_ value: UInt64) throws { found = .integer(Int64(bitPattern: value)) }
  func encode(_ value: some Encodable) throws { try value.encode(to: self) }
}

/// Refuses a list at once, so that it is written as JSON.
private struct ListCatcher: UnkeyedEncodingContainer {
  var codingPath: [any CodingKey] { [] }
  var count: Int { 0 }
  mutating func encodeNil() throws { throw HasStructure() }
  mutating func encode(_ value: some Encodable) throws { throw HasStructure() }
  mutating func nestedContainer<Key: CodingKey>(keyedBy: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Fields<Key>(top: TopEncoder()))
  }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
  mutating func superEncoder() -> any Encoder { OneEncoder() }
}

internal import Foundation

/// Turns column values back into a record; the counterpart of `RowEncoder`.
struct RowDecoder: Decoder {
  /// In the order of the table's columns.
  let values: [SQLValue]
  let places: [String: Int]
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  static func decode<R: Record>(_ type: R.Type, from values: [SQLValue]) throws -> R {
    try R(from: RowDecoder(values: values, places: R.table.placeByProperty))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Columns<Key>(values: values, places: places))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw mismatch("a list") }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw mismatch("one value") }
}

private func mismatch(_ expected: String) -> DecodingError {
  .dataCorrupted(.init(codingPath: [], debugDescription: "a row where \(expected) was expected"))
}

private struct Columns<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let values: [SQLValue]
  let places: [String: Int]
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { places.keys.compactMap(Key.init(stringValue:)) }

  private func value(_ key: Key) -> SQLValue? { places[key.stringValue].map { values[$0] } }

  func contains(_ key: Key) -> Bool { places[key.stringValue] != nil }

  func decodeNil(forKey key: Key) throws -> Bool {
    switch value(key) {
    case nil, .null: true
    default: false
    }
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try integer(key) != 0 }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { Int(try integer(key)) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try integer(key) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    guard case .text(let text) = value(key) else { throw wrong(key) }
    return text
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    guard let value = value(key) else { throw wrong(key) }
    // Ids and dates are most of what a row holds; the long way round by `Decoder` is for the rest.
    if let direct = type as? any SQLReadable.Type {
      guard let read = direct.init(sql: value) as? Value else { throw wrong(key) }
      return read
    }
    return try Value(from: OneDecoder(value: value))
  }

  /// A value that can't be read is a text that says so; what is no text is missing.
  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    if value(key) == Unreadable.value { return Unreadable.mark as? Value }
    return try decodeNil(forKey: key) ? nil : decode(type, forKey: key)
  }

  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
    if value(key) == Unreadable.value { return nil }
    return try decodeNil(forKey: key) ? nil : decode(type, forKey: key)
  }

  private func integer(_ key: Key) throws -> Int64 {
    guard case .integer(let number) = value(key) else { throw wrong(key) }
    return number
  }

  private func wrong(_ key: Key) -> DecodingError {
    .dataCorrupted(.init(codingPath: [key], debugDescription: "missing or of another type"))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { throw wrong(key) }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw wrong(key) }
  func superDecoder() throws -> any Decoder { RowDecoder(values: values, places: places) }
  func superDecoder(forKey key: Key) throws -> any Decoder { RowDecoder(values: values, places: places) }
}

/// Hands out one column's value; what has a structure of its own is read from its JSON text.
private struct OneDecoder: Decoder, SingleValueDecodingContainer {
  let value: SQLValue
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try JSONDecoder().decode(Passed.self, from: json()).decoder.container(keyedBy: type)
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try JSONDecoder().decode(Passed.self, from: json()).decoder.unkeyedContainer()
  }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

  private func json() throws -> Data {
    guard case .text(let text) = value else { throw mismatch("JSON text") }
    return Data(text.utf8)
  }

  func decodeNil() -> Bool { value == .null }
  func decode(_ type: Bool.Type) throws -> Bool { try number() != 0 }
  func decode(_ type: String.Type) throws -> String {
    guard case .text(let text) = value else { throw mismatch("text") }
    return text
  }
  func decode(_ type: Double.Type) throws -> Double {
    guard case .real(let real) = value else { return Double(try number()) }
    return real
  }
  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
  func decode(_ type: Int.Type) throws -> Int { Int(try number()) }
  func decode(_ type: Int8.Type) throws -> Int8 { Int8(truncatingIfNeeded: try number()) }
  func decode(_ type: Int16.Type) throws -> Int16 { Int16(truncatingIfNeeded: try number()) }
  func decode(_ type: Int32.Type) throws -> Int32 { Int32(truncatingIfNeeded: try number()) }
  func decode(_ type: Int64.Type) throws -> Int64 { try number() }
  func decode(_ type: UInt.Type) throws -> UInt { UInt(bitPattern: Int(try number())) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { UInt8(truncatingIfNeeded: try number()) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { UInt16(truncatingIfNeeded: try number()) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { UInt32(truncatingIfNeeded: try number()) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { UInt64(bitPattern: try number()) }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }

  private func number() throws -> Int64 {
    guard case .integer(let number) = value else { throw mismatch("a number") }
    return number
  }
}

/// Lends out the JSON decoder itself.
private struct Passed: Decodable {
  let decoder: any Decoder

  init(from decoder: any Decoder) throws { self.decoder = decoder }
}

/// Goes through lines of letters and numbers, a piece of the file at a time.
struct DimacsReader: ~Copyable {
  /// Puts the next bytes of a file into a buffer; 0 at the end.
  typealias Source = (UnsafeMutableRawBufferPointer) throws -> Int

  private static let piece = 1 << 20
  /// No line is longer; so much is always there before a line begins.
  private static let longestLine = 1 << 16

  private let source: Source
  private let bytes: UnsafeMutablePointer<UInt8>
  private var place = 0
  private var count = 0
  private var isAtEnd = false
  private var nextLine = 1
  private(set) var line = 0

  init(_ source: @escaping Source) {
    self.source = source
    bytes = .allocate(capacity: Self.piece + Self.longestLine + 1)
    bytes[0] = Self.newline
  }

  deinit { bytes.deallocate() }

  private static let newline = UInt8(ascii: "\n")

  /// The letter of the next line that is no remark; nil at the end.
  mutating func next() throws -> UInt8? {
    while true {
      if !isAtEnd && count - place < Self.longestLine { try fill() }
      line = nextLine
      skipSpace()
      guard place < count else { return nil }
      let letter = bytes[place]
      if letter == Self.newline {
        try end()
      } else if letter == UInt8(ascii: "c") && isBreak(bytes[place + 1]) {
        try skipLine()
      } else {
        place += 1
        guard isBreak(bytes[place]), letter > 32, letter < 127 else {
          throw AllocationFile.Fault(line, "a line begins with one letter")
        }
        return letter
      }
    }
  }

  /// What is left moves to the front, more comes after it, and a newline ends it all.
  private mutating func fill() throws {
    bytes.update(from: bytes + place, count: count - place)
    count -= place
    place = 0
    while !isAtEnd && count < Self.longestLine {
      let got = try source(UnsafeMutableRawBufferPointer(start: bytes + count, count: Self.piece))
      count += got
      isAtEnd = got == 0
    }
    bytes[count] = Self.newline
  }

  private mutating func skipLine() throws {
    while true {
      while bytes[place] != Self.newline { place += 1 }
      if place < count || isAtEnd { break }
      try fill()
    }
    try end()
  }

  mutating func word() -> String {
    skipSpace()
    let start = place
    while !isBreak(bytes[place]) { place += 1 }
    return String(decoding: UnsafeBufferPointer(start: bytes + start, count: place - start), as: UTF8.self)
  }

  @inline(__always)
  mutating func number(_ range: ClosedRange<Int>, _ what: StaticString) throws -> Int {
    skipSpace()
    var value = 0
    let isNegative = bytes[place] == UInt8(ascii: "-")
    if isNegative { place += 1 }
    let start = place
    while bytes[place] &- 48 < 10, place - start < 18 {
      value = value &* 10 &+ Int(bytes[place] &- 48)
      place += 1
    }
    guard place > start, isBreak(bytes[place]) else {
      throw AllocationFile.Fault(line, "\(what) should be a whole number")
    }
    if isNegative { value = -value }
    guard range.contains(value) else {
      throw AllocationFile.Fault(line, "\(what) is \(value), not \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// Nothing more on this line.
  mutating func end() throws {
    skipSpace()
    guard bytes[place] == Self.newline else {
      throw AllocationFile.Fault(line, "more on the line than belongs there")
    }
    guard place < count || isAtEnd else { throw AllocationFile.Fault(line, "a line is longer than 65536 bytes") }
    place += 1
    nextLine += 1
  }

  @inline(__always)
  private func isBreak(_ byte: UInt8) -> Bool { byte == Self.newline || isSpace(byte) }

  @inline(__always)
  private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

  @inline(__always)
  private mutating func skipSpace() {
    while isSpace(bytes[place]) { place += 1 }
  }
}

/// A QR code (ISO/IEC 18004:2015) for a short text, as an authenticator app reads it from the screen: bytes, correction
/// level M, versions 1 to 10.
public struct QRCode: Sendable, Equatable {
  public let size: Int
  private var dark: [Bool]
  /// Where a pattern of the code itself stands: no data go there, and no mask.
  private var isPattern: [Bool]

  /// nil for more than 213 bytes.
  public init?(_ text: String) { self.init(text, mask: nil) }

  /// - Parameter mask: one of the eight, where it is not to be chosen.
  init?(_ text: String, mask: Int?) {
    let bytes = Array(text.utf8)
    guard let form = Form.all.first(where: { bytes.count <= $0.capacity }) else { return nil }
    size = form.version * 4 + 17
    dark = Array(repeating: false, count: size * size)
    isPattern = dark
    drawPatterns(form)
    fill(form.codewords(bytes))
    if let mask { wear(mask) } else { chooseMask() }
  }

  /// Is the square dark?
  public subscript(_ row: Int, _ column: Int) -> Bool { dark[row * size + column] }

  /// Each row as noughts and ones, for comparing.
  public var rows: [String] {
    (0..<size).map { row in (0..<size).map { self[row, $0] ? "1" : "0" }.joined() }
  }

  private mutating func set(_ row: Int, _ column: Int, _ isDark: Bool) {
    dark[row * size + column] = isDark
    isPattern[row * size + column] = true
  }
}

/// What a version has room for, with correction level M (table 9 of the standard).
private struct Form {
  let version: Int
  let blocks: Int
  let correction: Int
  let total: Int
  let alignment: [Int]

  static let all: [Form] = [
    Form(version: 1, blocks: 1, correction: 10, total: 26, alignment: []),
    Form(version: 2, blocks: 1, correction: 16, total: 44, alignment: [6, 18]),
    Form(version: 3, blocks: 1, correction: 26, total: 70, alignment: [6, 22]),
    Form(version: 4, blocks: 2, correction: 18, total: 100, alignment: [6, 26]),
    Form(version: 5, blocks: 2, correction: 24, total: 134, alignment: [6, 30]),
    Form(version: 6, blocks: 4, correction: 16, total: 172, alignment: [6, 34]),
    Form(version: 7, blocks: 4, correction: 18, total: 196, alignment: [6, 22, 38]),
    Form(version: 8, blocks: 4, correction: 22, total: 242, alignment: [6, 24, 42]),
    Form(version: 9, blocks: 5, correction: 22, total: 292, alignment: [6, 26, 46]),
    Form(version: 10, blocks: 5, correction: 26, total: 346, alignment: [6, 28, 50]),
  ]

  private var dataCount: Int { total - blocks * correction }
  private var countBits: Int { version < 10 ? 8 : 16 }
  var capacity: Int { (dataCount * 8 - 4 - countBits) / 8 }

  /// Data and correction, interleaved as they are laid down.
  func codewords(_ bytes: [UInt8]) -> [UInt8] {
    let data = Self.padded(bytes, countBits: countBits, to: dataCount)
    // The last blocks are one longer when it does not come out even.
    let short = dataCount / blocks
    let shortBlocks = blocks - dataCount % blocks
    var parts: [(data: [UInt8], correction: [UInt8])] = []
    var start = 0
    for number in 0..<blocks {
      let length = short + (number < shortBlocks ? 0 : 1)
      let part = Array(data[start..<start + length])
      parts.append((part, Field256.correction(of: part, count: correction)))
      start += length
    }
    let laid = (0...short).flatMap { place in parts.compactMap { place < $0.data.count ? $0.data[place] : nil } }
    return laid + (0..<correction).flatMap { place in parts.map { $0.correction[place] } }
  }

  private static func padded(_ bytes: [UInt8], countBits: Int, to count: Int) -> [UInt8] {
    var bits: [Bool] = []
    func add(_ value: Int, _ length: Int) {
      for place in (0..<length).reversed() { bits.append(value >> place & 1 == 1) }
    }
    add(0b0100, 4)
    add(bytes.count, countBits)
    for byte in bytes { add(Int(byte), 8) }
    add(0, min(4, count * 8 - bits.count))
    add(0, (8 - bits.count % 8) % 8)
    var data = stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
    }
    var filler: UInt8 = 0xEC
    while data.count < count {
      data.append(filler)
      filler = filler == 0xEC ? 0x11 : 0xEC
    }
    return data
  }
}

/// Reed-Solomon over the field of 256 elements with x⁸ + x⁴ + x³ + x² + 1.
private enum Field256 {
  private static func product(_ one: UInt8, _ other: UInt8) -> UInt8 {
    var result: UInt8 = 0
    for place in (0..<8).reversed() {
      let carries = result & 0x80 != 0
      result <<= 1
      if carries { result ^= 0x1D }
      if other >> UInt8(place) & 1 == 1 { result ^= one }
    }
    return result
  }

  static func correction(of data: [UInt8], count: Int) -> [UInt8] {
    var divisor = [UInt8](repeating: 0, count: count - 1) + [1]
    var root: UInt8 = 1
    for _ in 0..<count {
      for place in 0..<count {
        divisor[place] = product(divisor[place], root)
        if place + 1 < count { divisor[place] ^= divisor[place + 1] }
      }
      root = product(root, 2)
    }
    var rest = [UInt8](repeating: 0, count: count)
    for byte in data {
      let factor = byte ^ rest.removeFirst()
      rest.append(0)
      for place in 0..<count { rest[place] ^= product(divisor[place], factor) }
    }
    return rest
  }
}

extension QRCode {
  private mutating func drawPatterns(_ form: Form) {
    for place in 0..<size {
      set(6, place, place % 2 == 0)
      set(place, 6, place % 2 == 0)
    }
    for (row, column) in [(3, 3), (3, size - 4), (size - 4, 3)] { drawFinder(row, column) }
    for row in form.alignment {
      for column in form.alignment {
        // The three corners have their finder there.
        let isCorner =
          (row == 6 && (column == 6 || column == size - 7)) || (row == size - 7 && column == 6)
        if !isCorner { drawAlignment(row, column) }
      }
    }
    drawFormat(mask: 0)
    drawVersion(form.version)
  }

  private mutating func drawFinder(_ row: Int, _ column: Int) {
    for down in -4...4 {
      for right in -4...4 {
        let distance = max(abs(down), abs(right))
        let (y, x) = (row + down, column + right)
        if (0..<size).contains(y) && (0..<size).contains(x) { set(y, x, distance != 2 && distance != 4) }
      }
    }
  }

  private mutating func drawAlignment(_ row: Int, _ column: Int) {
    for down in -2...2 {
      for right in -2...2 { set(row + down, column + right, max(abs(down), abs(right)) != 1) }
    }
  }

  /// Level and mask, twice, with their own correction.
  private mutating func drawFormat(mask: Int) {
    var rest = mask
    for _ in 0..<10 { rest = rest << 1 ^ (rest >> 9) * 0x537 }
    let bits = (mask << 10 | rest) ^ 0x5412
    func bit(_ place: Int) -> Bool { bits >> place & 1 == 1 }
    for place in 0...5 { set(place, 8, bit(place)) }
    set(7, 8, bit(6))
    set(8, 8, bit(7))
    set(8, 7, bit(8))
    for place in 9..<15 { set(8, 14 - place, bit(place)) }
    for place in 0..<8 { set(8, size - 1 - place, bit(place)) }
    for place in 8..<15 { set(size - 15 + place, 8, bit(place)) }
    set(size - 8, 8, true)
  }

  private mutating func drawVersion(_ version: Int) {
    guard version >= 7 else { return }
    var rest = version
    for _ in 0..<12 { rest = rest << 1 ^ (rest >> 11) * 0x1F25 }
    let bits = version << 12 | rest
    for place in 0..<18 {
      let isDark = bits >> place & 1 == 1
      set(place / 3, size - 11 + place % 3, isDark)
      set(size - 11 + place % 3, place / 3, isDark)
    }
  }

  /// Two columns at a time, upwards and downwards in turn, from the right.
  private mutating func fill(_ codewords: [UInt8]) {
    var place = 0
    for right in [Int](stride(from: size - 1, to: 6, by: -2)) + [5, 3, 1] {
      let isUpward = (right + 1) & 2 == 0
      for step in 0..<size {
        for column in [right, right - 1] {
          let row = isUpward ? size - 1 - step : step
          guard !isPattern[row * size + column], place < codewords.count * 8 else { continue }
          dark[row * size + column] = codewords[place / 8] >> UInt8(7 - place % 8) & 1 == 1
          place += 1
        }
      }
    }
  }

  private mutating func chooseMask() {
    let masked = (0..<8).map { mask in
      var code = self
      code.wear(mask)
      return code
    }
    if let best = masked.min(by: { $0.penalty < $1.penalty }) { self = best }
  }

  private mutating func wear(_ mask: Int) {
    drawFormat(mask: mask)
    for row in 0..<size {
      for column in 0..<size where !isPattern[row * size + column] && Self.flips(mask, row, column) {
        dark[row * size + column].toggle()
      }
    }
  }

  private static func flips(_ mask: Int, _ row: Int, _ column: Int) -> Bool {
    switch mask {
    case 0: (row + column) % 2 == 0
    case 1: row % 2 == 0
    case 2: column % 3 == 0
    case 3: (row + column) % 3 == 0
    case 4: (row / 2 + column / 3) % 2 == 0
    case 5: row * column % 2 + row * column % 3 == 0
    case 6: (row * column % 2 + row * column % 3) % 2 == 0
    default: ((row + column) % 2 + row * column % 3) % 2 == 0
    }
  }

  /// How hard it would be to read: the mask with the least is taken (7.8.3 of the standard).
  private var penalty: Int {
    let lines =
      (0..<size).map { row in (0..<size).map { self[row, $0] } }
      + (0..<size).map { column in (0..<size).map { self[$0, column] } }
    var penalty = lines.reduce(0) { $0 + Self.penalty(of: $1) }
    for row in 0..<size - 1 {
      for column in 0..<size - 1 {
        let one = self[row, column]
        if one == self[row, column + 1] && one == self[row + 1, column] && one == self[row + 1, column + 1] {
          penalty += 3
        }
      }
    }
    let share = dark.count(where: \.self) * 100 / dark.count
    return penalty + abs(share - 50) / 5 * 10
  }

  private static let finderLike: [[Bool]] = [
    [true, false, true, true, true, false, true, false, false, false, false],
    [false, false, false, false, true, false, true, true, true, false, true],
  ]

  private static func penalty(of line: [Bool]) -> Int {
    var (penalty, run) = (0, 0)
    for (place, isDark) in line.enumerated() {
      run = place > 0 && line[place - 1] == isDark ? run + 1 : 1
      if run == 5 { penalty += 3 } else if run > 5 { penalty += 1 }
    }
    for start in 0...(line.count - 11) where finderLike.contains(Array(line[start..<start + 11])) { penalty += 40 }
    return penalty
  }
}

extension HTML {
  /// The code as a picture, dark on white with its margin whatever the colours of the page, so that every camera reads it.
  public mutating func qrCode(_ code: QRCode, _ label: String) {
    let side = code.size + 8
    self(
      .svg, .class("qr"), .role("img"), .aria(.label, label), .viewBox("0 0 \(side) \(side)"), .width(side * 5),
      .height(side * 5)
    ) { html in
      html(.rect, .width(side), .height(side), .svg("fill", "#fff"))
      html(.path, .d(code.runs), .svg("fill", "#000"))
    }
  }
}

extension QRCode {
  /// The dark squares as one path: each row's runs.
  fileprivate var runs: String {
    var path = ""
    for row in 0..<size {
      var column = 0
      while column < size {
        guard self[row, column] else {
          column += 1
          continue
        }
        let start = column
        while column < size && self[row, column] { column += 1 }
        path += "M\(start + 4) \(row + 4)h\(column - start)v1H\(start + 4)z"
      }
    }
    return path
  }
}

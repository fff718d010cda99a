internal import Foundation
internal import Testing

@testable import Site

/// What is drawn stands out three to one, what is read four and a half to one, in light and in dark (WCAG 1.4.3, 1.4.11).
@Suite struct ContrastTests {
  /// The colours of the style sheet: light first, then dark.
  private static func palettes() throws -> [[String: Double]] {
    let style = String(decoding: Assets().style.bytes, as: UTF8.self)
    let blocks = style.matches(of: /:root\{([^}]*)\}/).map { String($0.output.1) }
    return blocks.map { block in
      var colours: [String: Double] = [:]
      for match in block.matches(of: /--([a-z-]+):#([0-9a-f]{3,6})/) {
        colours[String(match.output.1)] = luminance(String(match.output.2))
      }
      return colours
    }
  }

  private static func luminance(_ hex: String) -> Double {
    let digits = hex.count == 3 ? hex.flatMap { [$0, $0] } : Array(hex)
    let parts = stride(from: 0, to: 6, by: 2).map { start -> Double in
      let value = Double(Int(String(digits[start..<start + 2]), radix: 16) ?? 0) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private static let read = [
    "ink surface", "ink paper", "ink sunk", "ink-soft surface", "ink-soft paper", "ink-soft sunk", "teal surface",
    "teal paper", "teal-strong teal-wash", "good surface", "good good-wash", "mind surface", "mind mind-wash",
    "alarm surface", "alarm alarm-wash", "on-teal teal", "clay surface",
  ]
  private static let drawn = ["edge surface", "teal surface", "clay surface", "alarm surface", "ink-soft surface"]

  @Test func everyPairIsFarEnoughApart() throws {
    let palettes = try Self.palettes()
    #expect(palettes.count == 2)
    for (place, palette) in palettes.enumerated() {
      for (pairs, least) in [(Self.read, 4.5), (Self.drawn, 3.0)] {
        for pair in pairs {
          let names = pair.split(separator: " ").map(String.init)
          let one = try #require(palette[names[0]], "\(names[0])")
          let other = try #require(palette[names[1]], "\(names[1])")
          let ratio = (max(one, other) + 0.05) / (min(one, other) + 0.05)
          #expect(ratio >= least, "\(pair) in \(place == 0 ? "light" : "dark"): \(ratio)")
        }
      }
    }
  }
}

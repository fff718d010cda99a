internal import Crypto
internal import Foundation

/// Style sheet, scripts and icon, under addresses that carry a hash of their content and never change.
public struct Assets: Sendable {
  public struct Asset: Sendable {
    public let path: String
    public let bytes: [UInt8]
    public let type: String
  }

  /// What slices bring along, as pictures.
  private let others: [Asset]

  public let style: Asset
  public let script: Asset
  /// Only for pages where one writes about somebody.
  public let words: Asset
  public let icon: Asset

  public init(_ others: [Asset] = []) {
    self.others = others
    style = Self.asset("geland", "css", PackageResources.geland_css, "text/css; charset=utf-8")
    script = Self.asset("geland", "js", Self.light(PackageResources.geland_js), "text/javascript; charset=utf-8")
    words = Self.asset("words", "js", Self.light(PackageResources.words_js), "text/javascript; charset=utf-8")
    icon = Self.asset("icon", "svg", PackageResources.icon_svg, "image/svg+xml")
  }

  public func find(_ path: String) -> Asset? { ([style, script, words, icon] + others).first { $0.path == path } }

  /// A script without its comment lines and the space before a line: those are for who reads the source.
  private static func light(_ script: [UInt8]) -> [UInt8] {
    let lines = String(decoding: script, as: UTF8.self).split(separator: "\n").map { $0.drop { $0 == " " } }
    return Array(lines.filter { !$0.hasPrefix("//") }.joined(separator: "\n").utf8)
  }

  public static func asset(_ name: String, _ ending: String, _ bytes: [UInt8], _ type: String) -> Asset {
    let hash = SHA256.hash(data: bytes).prefix(6).map { String($0, radix: 36) }.joined()
    return Asset(path: "/assets/\(name)-\(hash).\(ending)", bytes: bytes, type: type)
  }
}

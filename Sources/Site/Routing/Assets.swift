internal import Crypto
internal import Foundation

/// Style sheet, scripts and icon, under addresses that carry a hash of their content and never change.
public struct Assets: Sendable {
  public struct Asset: Sendable {
    public let path: String
    public let bytes: [UInt8]
    public let type: String
  }

  public let style: Asset
  public let script: Asset
  /// Only for pages where one writes about somebody.
  public let words: Asset
  public let icon: Asset

  public init() {
    style = Self.asset("geland", "css", PackageResources.geland_css, "text/css; charset=utf-8")
    script = Self.asset("geland", "js", PackageResources.geland_js, "text/javascript; charset=utf-8")
    words = Self.asset("words", "js", PackageResources.words_js, "text/javascript; charset=utf-8")
    icon = Self.asset("icon", "svg", PackageResources.icon_svg, "image/svg+xml")
  }

  public func find(_ path: String) -> Asset? { [style, script, words, icon].first { $0.path == path } }

  private static func asset(_ name: String, _ ending: String, _ bytes: [UInt8], _ type: String) -> Asset {
    let hash = SHA256.hash(data: bytes).prefix(6).map { String($0, radix: 36) }.joined()
    return Asset(path: "/assets/\(name)-\(hash).\(ending)", bytes: bytes, type: type)
  }
}

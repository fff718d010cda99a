/// The proxies in front of the site, whose word about where a request came from is taken (security requirement 39).
struct TrustedProxies: Sendable {
  private let addresses: Set<String>

  init(_ addresses: [String]) { self.addresses = Set(addresses) }

  /// Where a request came from: the nearest address that is no proxy of ours. What stands further back may be made up.
  func origin(of peer: String?, forwarded: String?) -> String? {
    guard let peer else { return nil }
    guard addresses.contains(peer), let forwarded else { return peer }
    let chain = forwarded.split(separator: ",").map { $0.trimmingPrefix(" ").prefix { $0 != " " } }.map(String.init)
    return chain.last { !addresses.contains($0) && Self.isAddress($0) } ?? peer
  }

  private static func isAddress(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 45 && text.allSatisfy { $0.isHexDigit || $0 == "." || $0 == ":" }
  }
}

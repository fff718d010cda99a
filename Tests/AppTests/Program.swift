internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit

@testable import Trust

/// A program that uses the API as somebody.
struct Program {
  let site: WebSite
  let token: String?

  init(_ house: TestHouse, as account: ID<Account>?) async throws {
    site = house.house.site
    guard let account else {
      token = nil
      return
    }
    token = try await house.act { try ApiTokens.make(for: account, label: "test", $0) }
  }

  func call(
    _ method: String, _ path: String, _ body: String? = nil, headers: [String: String] = [:]
  ) async -> Outgoing {
    var all = headers
    if let token { all["authorization"] = "Bearer \(token)" }
    if body != nil { all["content-type"] = all["content-type"] ?? "application/json" }
    let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
    return await site.respond(
      to: Incoming(
        method, "/api/v1" + parts[0], query: parts.count > 1 ? parts[1] : "", headers: all,
        body: Array((body ?? "").utf8)))
  }

  func get(_ path: String) async -> (status: Int, json: JSON) {
    let answer = await call("GET", path)
    return (answer.status, JSON(parsing: answer.body) ?? .null)
  }
}

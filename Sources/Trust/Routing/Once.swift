internal import Kernel
internal import Site
internal import Store

/// Remembers for a day what a form or a call with an `Idempotency-Key` led to, so that sending it again changes nothing.
/// Only where it led is kept: status, place, id and version; never what was sent or shown.
public struct Once: Sendable {
  private let account: String
  private let key: String?
  private let request: String
  let isForm: Bool

  init(_ visit: Visit) {
    account = visit.viewer?.account.description ?? ""
    let header = visit.path.hasPrefix("/api/") ? visit.headers["idempotency-key"].map { String($0.prefix(200)) } : nil
    // The same page filled in otherwise, after going back to it, is something new.
    key = header.map { visit.path + "|" + $0 } ?? visit.form["once"].map { "\(visit.path)|\($0)|\(visit.digest)" }
    isForm = header == nil
    request = header == nil ? "form" : Token.hash(visit.path + String(decoding: visit.body, as: UTF8.self))
  }

  /// What the same request led to before; asked after the sight, so that who may see no more learns nothing.
  /// - Throws: `Problem.invalid` when the key was used for another request.
  func earlier(_ reader: Reader) throws -> Reply? {
    guard let key else { return nil }
    let found = try reader.row(
      "select request_hash, status, place, made, version from idempotency where account = \(account) and key = \(key)")
    guard let found, let status = found.integer("status") else { return nil }
    guard found.text("request_hash") == request else { throw Problem.invalid("Idempotency-Key", "api.keyUsed") }
    if isForm { return found.text("place").map { .go(to: $0) } }
    return .json(
      .of(["id": found.text("made").map(JSON.string)]), status: status, version: found.integer("version"),
      location: found.text("place"))
  }

  func remember(_ reply: Reply, _ transaction: Transaction) throws {
    let place = reply.headers.first { $0.name == "location" }?.value
    // A form that answered with a page (a letter that is shown once) has nowhere to lead again.
    guard let key, !isForm || place != nil else { return }
    let version = reply.headers.first { $0.name == "etag" }.flatMap { Int($0.value.filter(\.isNumber)) }
    try transaction.technical(
      """
      insert into idempotency (account, key, request_hash, status, place, made, version, at)
      values (\(account), \(key), \(request), \(reply.status), \(place), \(reply.made), \(version), \(transaction.now))
      """)
  }
}
